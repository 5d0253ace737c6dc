"""Municipality, programme, phases: the container of a dialogue."""
