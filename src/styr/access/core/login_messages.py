"""What is said when a factor or a password has changed, in place of allauth's own words."""

MESSAGES = {
    "mfa/messages/totp_activated.txt": "Kodeappen er tilføjet.",
    "mfa/messages/totp_deactivated.txt": "Kodeappen er fjernet.",
    "mfa/messages/webauthn_added.txt": "Adgangsnøglen er tilføjet.",
    "mfa/messages/webauthn_removed.txt": "Adgangsnøglen er fjernet.",
    "mfa/messages/recovery_codes_generated.txt": "Der er lavet nye nødkoder. De gamle virker ikke mere.",
    "account/messages/logged_out.txt": "Du er logget ud.",
}
