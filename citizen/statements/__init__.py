"""What a municipality must say of its service: accessibility, privacy, rules for taking part."""
