"""What is kept and for how long: retention rules, certificates of disposal, cases about personal data."""
