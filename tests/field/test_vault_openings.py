"""Sealing to the server, and the way back from a forgotten PIN."""

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import text

from palmcheck.kernel.sealing import BoxUnreadable, EphemeralKey, SealedBox, SealingKey
from palmcheck.kernel.signatures import from_base64url, public_key, to_base64url
from tests.accounts.test_enrolment import another_code, login_of
from tests.field.test_hostile_push import another_inspector
from tests.world.county import World, assert_problem
from tests.world.phone import Json, Phone

VECTORS = json.loads((Path(__file__).parents[2] / "schemas" / "vectors" / "sealed.json").read_text(encoding="utf-8"))


def seal(server: Json, context: str, content: bytes) -> Json:
    """As a phone does it, written anew from the description."""
    own = ec.generate_private_key(ec.SECP256R1())
    numbers = own.public_key().public_numbers()
    x, y = (value.to_bytes(32) for value in (numbers.x, numbers.y))
    shared = own.exchange(ec.ECDH(), public_key({"kty": "EC", "crv": "P-256", "x": server["x"], "y": server["y"]}))
    key = HKDF(SHA256(), 32, None, context.encode() + b"\0" + x + y).derive(shared)
    iv = os.urandom(12)
    return {
        "schema": "palmcheck/sealed/v1",
        "alg": "ECDH-P256+HKDF-SHA256+A256GCM",
        "key_id": server["key_id"],
        "ephemeral": {"x": to_base64url(x), "y": to_base64url(y)},
        "iv": to_base64url(iv),
        "ciphertext": to_base64url(AESGCM(key).encrypt(iv, content, context.encode())),
    }


def context_of(phone: Phone) -> str:
    return f"palmcheck/vault/v1/{phone.account_id}/{phone.device_id}"


async def own_phone(world: World) -> tuple[Phone, Json, str]:
    login = world.login("inspector")
    phone = await world.phone(login)
    answer = await phone.client.get("/api/field/sealing-key")
    assert answer.status_code == 200, answer.text
    return phone, answer.json(), login.password


def test_the_shared_vector_opens_to_the_same_bytes() -> None:
    key = SealingKey(bytes.fromhex(VECTORS["server_secret"]))
    box = VECTORS["box"]
    assert {"key_id": key.view.key_id, "x": key.view.x, "y": key.view.y} == VECTORS["server"]
    sealed = SealedBox(**(box | {"ephemeral": EphemeralKey(**box["ephemeral"])}))

    assert key.open(sealed, VECTORS["context"]) == from_base64url(VECTORS["content"])
    with pytest.raises(BoxUnreadable):
        key.open(sealed, VECTORS["context"] + "x")


async def test_the_owners_password_opens_what_his_phone_sealed(world: World) -> None:
    phone, server, password = await own_phone(world)
    content = os.urandom(32)
    sealed = seal(server, context_of(phone), content)

    wrong = await phone.client.post("/api/field/vault-openings", json={"password": "no", "sealed": sealed})
    assert_problem(wrong, "accounts.password_wrong", field="password")
    right = await phone.client.post("/api/field/vault-openings", json={"password": password, "sealed": sealed})

    assert right.status_code == 200, right.text
    assert from_base64url(right.json()["key"]) == content


async def test_another_phones_box_stays_closed(world: World) -> None:
    phone, server, password = await own_phone(world)
    stranger = Phone(world.client(), account_id=phone.account_id)
    sealed = seal(server, context_of(stranger), os.urandom(32))

    answer = await phone.client.post("/api/field/vault-openings", json={"password": password, "sealed": sealed})

    assert_problem(answer, "box_unreadable", field="sealed")


async def test_a_file_of_unsent_work_opens_for_its_account_alone(world: World) -> None:
    phone, server, _ = await own_phone(world)
    thief = await another_inspector(world, phone)
    content = os.urandom(32)
    asked: dict[str, object] = {"device_id": str(phone.device_id)}
    asked |= {"sealed": seal(server, f"palmcheck/unsent/v2/{phone.account_id}/{phone.device_id}", content)}

    opened = await phone.client.post("/api/field/unsent-openings", json=asked)
    refused = await thief.client.post("/api/field/unsent-openings", json=asked)

    assert opened.status_code == 200, opened.text
    assert from_base64url(opened.json()["key"]) == content
    assert_problem(refused, "box_unreadable", field="sealed")


async def test_another_phone_of_the_account_delivers_what_the_old_one_signed(world: World) -> None:
    old, parts = await world.phone_with_parts()
    first, second = old.check_in(parts[0]), old.check_in(parts[0])
    login = await login_of(world, old)
    new = Phone(world.client())
    await new.enrol(await another_code(world, old), login.username, login.password)

    assert [each["verdict"] for each in await new.push(first)] == ["accepted"]

    async with world.database.engine.begin() as connection:
        revoked = text("update device set state = 'revoked', drains_until = null where id = :id")
        await connection.execute(revoked, {"id": old.device_id})
    (verdict,) = await new.push(second)
    assert verdict["problem"]["code"] == "field.operation_foreign"
