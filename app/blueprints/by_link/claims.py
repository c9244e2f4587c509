"""A seat that the coordinator gave becomes one's own, by the link that came with it."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.actions.seats import claim_seat
from app.blueprints.access import public
from app.blueprints.parts.seat_form import SeatForm, say_kindly, seat_page
from app.domain.keys import hash_of
from app.domain.seating import NotMeeting
from app.records.participants import find_by_claim

bp = Blueprint("claims", __name__)


@bp.route("/claim/<key>", methods=["GET", "POST"])
@public
def show(key: str) -> ResponseReturnValue:
    if find_by_claim(hash_of(key)) is None:
        abort(404)
    form = SeatForm()
    if form.validate_on_submit():
        try:
            asked = claim_seat(key, form.ask())
        except NotMeeting as refused:
            form.refuse(refused)
        else:
            say_kindly(form)
            return redirect(seat_page(asked.key), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("by_link/claims/show.html", form=form), status
