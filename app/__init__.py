"""ClinicBridge: keeps a clinic's Cliniko and HubSpot in step."""

__version__ = "0.1.0"
