"""Users, roles and who may do what, devices, sessions."""
