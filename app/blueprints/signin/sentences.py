"""Flask-Security's sentences in our words; our catalogues translate them."""

from app.formats.wording import N_

_DID_NOT_MATCH = N_(
    "Dit klopt niet. Kijk je mailadres en wachtwoord na, of vraag een code per mail."
)
_WRONG_CODE = N_("Deze code klopt niet, of is al gebruikt. Probeer de volgende.")
_AGAIN = N_("Log opnieuw in om verder te gaan.")

MESSAGES = {
    f"SECURITY_MSG_{key}": message
    for key, message in {
        "API_ERROR": (N_("Deze link of invoer klopt niet."), "error"),
        "GENERIC_AUTHN_FAILED": (_DID_NOT_MATCH, "error"),
        "GENERIC_RECOVERY": (
            N_("Als er een account is met dit adres, krijg je nu een mail."),
            "info",
        ),
        "GENERIC_US_SIGNIN": (
            N_("Als er een account is met dit adres, krijg je nu een code per mail."),
            "info",
        ),
        "CODE_HAS_BEEN_SENT": (N_("De code is onderweg."), "info"),
        "UNAUTHENTICATED": (N_("Log eerst in."), "error"),
        "UNAUTHORIZED": (N_("Deze pagina hoort bij een ander account."), "error"),
        "REAUTHENTICATION_REQUIRED": (N_("Vul je wachtwoord nog eens in."), "info"),
        "REAUTHENTICATION_SUCCESSFUL": (N_("Dank je. Je kunt verder."), "success"),
        "PASSWORD_MISMATCH": (N_("De twee wachtwoorden zijn niet hetzelfde."), "error"),
        "RETYPE_PASSWORD_MISMATCH": (N_("De twee wachtwoorden zijn niet hetzelfde."), "error"),
        "INVALID_REDIRECT": (_AGAIN, "error"),
        "INVALID_RECOVERY_CODE": (N_("Deze herstelcode klopt niet, of is al gebruikt."), "error"),
        "NO_RECOVERY_CODES_SETUP": (N_("Er zijn nog geen herstelcodes."), "info"),
        "PASSWORD_RESET_EXPIRED": (
            N_("Deze link is te oud. Vraag hieronder een nieuwe."),
            "error",
        ),
        "INVALID_RESET_PASSWORD_TOKEN": (
            N_("Deze link werkt niet meer. Vraag hieronder een nieuwe."),
            "error",
        ),
        # As for an address that is not known: whether there is an account is nobody's business.
        "PASSWORD_RESET_REQUEST": (
            N_("Als er een account is met dit adres, krijg je nu een mail met een link."),
            "info",
        ),
        "EMAIL_NOT_PROVIDED": (N_("Vul je mailadres in."), "error"),
        "INVALID_EMAIL_ADDRESS": (N_("Dit is geen mailadres."), "error"),
        "INVALID_CODE": (_WRONG_CODE, "error"),
        "INVALID_INPUT": (N_("Dit klopt niet."), "error"),
        "PASSWORD_NOT_PROVIDED": (N_("Vul je wachtwoord in."), "error"),
        "PASSWORD_INVALID_LENGTH": (
            N_("Neem minstens %(length)s tekens, en hooguit 128."),
            "error",
        ),
        "PASSWORD_TOO_SIMPLE": (
            N_("Dit wachtwoord is te makkelijk te raden. Neem een paar losse woorden."),
            "error",
        ),
        "INVALID_PASSWORD": (N_("Dit wachtwoord klopt niet."), "error"),
        "INVALID_PASSWORD_CODE": (_WRONG_CODE, "error"),
        "PASSWORD_RESET": (N_("Je hebt een nieuw wachtwoord."), "success"),
        "PASSWORD_RESET_NO_LOGIN": (
            N_("Je hebt een nieuw wachtwoord. Log er nu mee in."),
            "success",
        ),
        "PASSWORD_IS_THE_SAME": (N_("Neem een ander wachtwoord dan je had."), "error"),
        "PASSWORD_CHANGE": (
            N_("Je hebt een nieuw wachtwoord. Je andere apparaten zijn uitgelogd."),
            "success",
        ),
        "LOGIN": (N_("Log eerst in."), "info"),
        "REFRESH": (_AGAIN, "info"),
        "ANONYMOUS_USER_REQUIRED": (N_("Je bent al ingelogd."), "info"),
        "TWO_FACTOR_INVALID_TOKEN": (_WRONG_CODE, "error"),
        "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("Je bent ingelogd."), "success"),
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
            N_("Inloggen in twee stappen staat aan."),
            "success",
        ),
        "TWO_FACTOR_PERMISSION_DENIED": (_AGAIN, "error"),
        "TWO_FACTOR_METHOD_NOT_AVAILABLE": (N_("Dit kan niet."), "error"),
        "TWO_FACTOR_DISABLED": (N_("Inloggen in twee stappen staat uit."), "success"),
        "TWO_FACTOR_SETUP_EXPIRED": (N_("Dit duurde te lang. Begin opnieuw."), "error"),
        "FAILED_TO_SEND_CODE": (
            N_("Er is geen code verstuurd. Probeer het straks nog eens."),
            "error",
        ),
        "US_METHOD_NOT_AVAILABLE": (N_("Dit kan niet."), "error"),
        "US_SPECIFY_IDENTITY": (N_("Vul je mailadres in."), "error"),
        "DISABLED_ACCOUNT": (_DID_NOT_MATCH, "error"),
        "USER_DOES_NOT_EXIST": (_DID_NOT_MATCH, "error"),
    }.items()
}
