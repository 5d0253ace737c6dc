"""Text analysis for Swedish, Bokmål and Nynorsk: no web, no database, no network, no clock.

Nothing is imported here on purpose. The web process reads ``results`` and must not pay for
scikit-learn; whoever wants to compute imports ``clustering``, ``matching`` or ``similar``.
"""
