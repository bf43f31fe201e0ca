"""Logging in, as a person does it."""

from tests.browser import Site, axe_findings, sideways_scroll

PASSWORD = "et-langt-passord-for-prøven"


def with_password(site: Site, part: str) -> str:
    user = site.cast.user(part)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return str(user.email)


def test_a_person_logs_in_and_out(site: Site) -> None:
    email = with_password(site, "controller")
    page = site.page()
    page.goto("/konto/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/konto/login/" not in address)
    assert "sessionid" in {cookie["name"] for cookie in page.context.cookies()}


def test_a_wrong_password_is_said_without_telling_whether_the_address_exists(site: Site) -> None:
    email = with_password(site, "controller")
    sentences = []
    for address in (email, "ingen@annet.invalid"):
        page = site.page(scripts=False)
        page.goto("/konto/login/")
        page.locator("input[name=login]").fill(address)
        page.locator("input[name=password]").fill("noe helt annet")
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        assert "/konto/login/" in page.url
        sentences.append(page.locator("main").inner_text().replace(address, "…"))
    assert sentences[0] == sentences[1]


def test_the_log_in_page_is_accessible_and_fits_a_phone(site: Site) -> None:
    page = site.page(phone=True)
    page.goto("/konto/login/")
    assert axe_findings(page) == []
    assert sideways_scroll(page) == 0
