"""The addresses of refunds, below /oekonomi/."""

from django.urls import path

from styr.refunds.web import central, claims, limits, municipal, payers, payments

urlpatterns = [
    path("refusion/", central.refunds, name="refunds"),
    path("refusion/beregn/", central.compute, name="refunds_compute"),
    path("refusion/hjemtag/", claims.claim_new, name="refund_claim_new"),
    path("refusion/hjemtagninger/<uuid:claim_id>/", claims.claim, name="refund_claim"),
    path("refusion/hjemtagninger/<uuid:claim_id>/fil/", claims.claim_file, name="refund_claim_file"),
    path("refusion/sager/<uuid:case_id>/", central.case, name="refund_case"),
    path("refusion/graenser/", limits.limits, name="refund_limits"),
    path("refusion/husstande/", limits.households, name="refund_households"),
    path("refusion/husstande/<uuid:member_id>/afslut/", limits.household_leave, name="refund_household_leave"),
    path("refusion/omfattet/", limits.seniors, name="refund_seniors"),
    path("refusion/omfattet/<uuid:citizen_id>/", limits.covered, name="refund_covered"),
    path("mellemkommunal/", municipal.intermunicipal, name="intermunicipal"),
    path("mellemkommunal/krav/", municipal.claims, name="intermunicipal_claims"),
    path("mellemkommunal/krav/<uuid:claim_id>/", municipal.claim, name="intermunicipal_claim"),
    path("mellemkommunal/rejs/<uuid:citizen_id>/", municipal.raise_, name="intermunicipal_raise"),
    path("mellemkommunal/betaler/<uuid:citizen_id>/", payers.payers, name="intermunicipal_payers"),
    path(
        "mellemkommunal/betaler/fjern/<uuid:payer_period_id>/", payers.payer_remove, name="intermunicipal_payer_remove"
    ),
    path("egenbetaling/", payments.user_payments, name="user_payments"),
    path("egenbetaling/ny/", payments.user_payment_new, name="user_payment_new"),
    path("egenbetaling/bogfoert/", payments.user_payments_adopt, name="user_payments_adopt"),
    path("egenbetaling/<uuid:payment_id>/afslut/", payments.user_payment_end, name="user_payment_end"),
]
