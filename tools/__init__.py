"""Tools of those who build Citizen; the running product needs none of them."""
