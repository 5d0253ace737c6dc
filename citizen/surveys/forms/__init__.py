<<<<<<< HEAD
"""The shape of input to surveys."""
=======
"""The shape of input about surveys."""
>>>>>>> 13b8b69332ba552764d3c6ba8a3d344d2cd3afff
