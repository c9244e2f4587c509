"""Following a group without a seat: by mail, or by a message to this device."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import EmailField, HiddenField

from app.actions.following.deeds import follow_by_mail, follow_on_device
from app.blueprints.access import public
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.languages import current
from app.blueprints.web.public_form import PublicForm
from app.domain.meeting import Status
from app.formats.push import Subscription, public_half, read_subscription
from app.records.groups import Group, find_group

bp = Blueprint("following", __name__, url_prefix="/groups/<slug>/follow")

ADDRESS_RATE = "6/day"
"""To one address, of one network; LETTERS_RATE of all of them, which nobody is told."""
LETTERS_RATE = "6/day"
DEVICE_RATE = "30/hour"


class MailForm(PublicForm, Form):
    counted_as = "follow"
    contact = EmailField(lazy_gettext("Je mailadres"), [required(), at_most(254)])


class DeviceForm(Form):
    endpoint = HiddenField(validators=[at_most(1000)])
    p256dh = HiddenField(validators=[at_most(200)])
    auth = HiddenField(validators=[at_most(100)])

    def subscription(self) -> Subscription | None:
        """Return what the browser gave, or None when it is not what a browser gives."""
        fields = (self.endpoint.data or "", self.p256dh.data or "", self.auth.data or "")
        return read_subscription(*fields, current_app.config["TWAALF_PUSH_TRUSTED"] or frozenset())


@bp.route("", methods=["GET", "POST"])
@public
def show(slug: str) -> ResponseReturnValue:
    group = _open_group(slug)
    if group.slug != slug:
        return redirect(url_for("following.show", slug=group.slug), 308)
    form = MailForm()
    if form.validate_on_submit():
        limits.count_address("follow_to", ADDRESS_RATE, form.contact.data)
        writes = not limits.is_enough("follow_any", LETTERS_RATE, form.contact.data)
        follow_by_mail(group, form.contact.data, language=current(), writes=writes)
        flash(_("We stuurden je een mail. Zeg daarin ja, dan krijg je bericht."), "good")
        return redirect(url_for("groups.show", slug=group.slug), 303)
    return _page(group, form), form.code


@bp.post("/device")
@public
@limits.rated("follow_device", DEVICE_RATE)
def device(slug: str) -> ResponseReturnValue:
    """Take what a browser gives when its reader allows messages; the page's script sends it."""
    group, form = _open_group(slug), DeviceForm()
    subscription = form.subscription() if form.validate_on_submit() else None
    if subscription is None or not current_app.config["TWAALF_PUSH_KEY"]:
        flash(_("Berichten op dit toestel lukken nu niet. Met mail lukt het wel."), "message")
        return redirect(url_for("following.show", slug=group.slug), 303)
    key = follow_on_device(
        group, subscription.as_text(), endpoint=subscription.endpoint, language=current()
    )
    return redirect(url_for("own_following.show", key=key), 303)


def _open_group(slug: str) -> Group:
    group = find_group(slug)
    if group is None or not group.listed or group.status == Status.CLOSED:
        abort(404)
    return group


def _page(group: Group, form: MailForm) -> str:
    private: str = current_app.config["TWAALF_PUSH_KEY"]
    push_key = public_half(private) if private else ""
    return render_template("public/following/show.html", group=group, form=form, push_key=push_key)
