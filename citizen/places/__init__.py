"""Where: points on the earth, and the maps of their own that municipalities show them on."""
