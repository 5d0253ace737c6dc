"""Personal data in what people write: asked about before it is sent, marked for those who read it."""
