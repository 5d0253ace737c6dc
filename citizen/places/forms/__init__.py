"""The shape of maps, and of a point that is set on one."""

from citizen.places.forms.maps import MapForm, form_of, read_degrees

__all__ = ["MapForm", "form_of", "read_degrees"]
