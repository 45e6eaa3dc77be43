"""Verify evidence of an Intersession server without that server. Python 3.9 or newer, nothing to install.

    python verify.py FILE [FILE ...] [--key KID] [--head DIGEST]

A FILE is a receipt (.json), a proof that two signed heads are consistent (.json), the seals of a sealed round or call
as they were published or opened (.json), or an evidence pack (.zip). `--key` is
the fingerprint of a key that you know from elsewhere: then nothing is believed that this key, or one it endorsed, did
not sign. `--head` is the digest of a signed head that you know from elsewhere, such as the one in a letter: the file
must hold that head. A receipt that is given together with the pack of its round must be in it, with the words that it
is about and under the same keys. Status 0 if everything holds, 1 if something does not, 2 if a file cannot be read.

README.md beside this file is the recipe: what is hashed and signed, byte for byte.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import struct
import sys
from collections import namedtuple

RECIPE = 1
HEAD, RECEIPT, KEY, MANIFEST, SEAL = (
    f"intersession-{name}+jws" for name in ("head", "receipt", "key", "manifest", "seal")
)
FILING_DOMAIN, SEAL_DOMAIN = "intersession-filing-1", "intersession-seal-1"
"""The first lines of what commits to a filing, and to all filings before an instant."""
FILING = {"comment.submitted", "comment.cleared", "comment.replaced", "answers.filed", "proposal.submitted"}
"""Acts by which something is filed."""
Proof = namedtuple("Proof", "lines keys pack filings receipt seals opened", defaults=(None,) * 5)
"""What a file proves: in lines, and under which keys. Of a pack its subject, and the content digests of its filings by
what was filed; of a receipt what was filed, its round (or itself), and the digest of its content. Of
seals the round or call with the statements as they were published, or as they were opened."""


class Fault(Exception):
    """Something that does not hold, in words."""


def ensure(holds, words):
    """Raise Fault with these words unless it holds."""
    if not holds:
        raise Fault(words)


def say(number, one, many=""):
    """Return a number with the words that agree with it."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def sha256(data):
    """Return the SHA-256 of bytes, or of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def refuse_twice(pairs):
    """Return the members of a JSON object. Raise Fault if one is there twice: readers disagree which one counts."""
    ensure(len({name for name, _ in pairs}) == len(pairs), "a member stands twice in one object")
    return dict(pairs)


def read_json(data):
    """Return the value of a JSON text, of bytes only in UTF-8."""
    text = data if isinstance(data, str) else data.decode()
    return json.loads(text, object_pairs_hook=refuse_twice)


def from_hex(text):
    """Return the bytes that lower-case hexadecimal digits stand for. Raise Fault for any other spelling."""
    ensure(re.fullmatch("([0-9a-f]{2})*", text), "a hash is not hexadecimal")
    return bytes.fromhex(text)


# Ed25519, verification only (RFC 8032, section 5.1.7). A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add_points(a, b):
    """Return the sum of two points (RFC 8032, section 5.1.4)."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply_point(scalar, point):
    """Return the multiple of a point."""
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add_points(result, point)
        point = add_points(point, point)
        scalar >>= 1
    return result


def read_point(data):
    """Return the point that 32 bytes stand for. Raise Fault if there is none (RFC 8032, section 5.1.3)."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    ensure(len(data) == 32 and y < P, "a point of a signature is malformed")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    ensure((x * x - square) % P == 0 and not (x == 0 and sign), "a point of a signature is malformed")
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = read_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signature(public, message, signature):
    """Return whether 64 bytes are the signature on a message by the owner of a public key of 32 bytes."""
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    try:
        key, nonce = read_point(public), read_point(signature[:32])
    except Fault:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left = multiply_point(int.from_bytes(signature[32:], "little"), BASE)
    right = add_points(nonce, multiply_point(challenge, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# Signed statements: JWS in the compact form (RFC 7515) with Ed25519 (RFC 8037, RFC 9864).


def from_base64url(text):
    """Return the bytes that unpadded base64url stands for. Raise Fault for anything else."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Fault("a signed statement is not base64url") from error
    ensure(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text, "a signed statement is not base64url")
    return data


def fingerprint_of(jwk):
    """Return the thumbprint of a public Ed25519 key (RFC 7638), which is its key id."""
    members = {name: jwk[name] for name in ("crv", "kty", "x")}
    ensure((members["crv"], members["kty"]) == ("Ed25519", "OKP"), "a key is not an Ed25519 key")
    text = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


class Keys:
    """The public keys that are believed: the pinned one, or else the first, and each that a believed one endorsed."""

    def __init__(self, rows, pinned=None):
        self.publics = {}
        ensure(rows, "there is no key")
        ensure(pinned is None or pinned in [row["kid"] for row in rows], "the key that you know is not among the keys")
        self.first = pinned or rows[0]["kid"]
        for row in rows:
            ensure(fingerprint_of(row) == row["kid"], "the id of a key is not its fingerprint")
            if row["kid"] == self.first or (self.publics and self._is_endorsed(row)):
                self.publics[row["kid"]] = from_base64url(row["x"])

    def _is_endorsed(self, row):
        ensure(row["endorsement"], "a key is not endorsed by the one before it")
        statement = self.open(row["endorsement"], KEY)
        return statement["kid"] == row["kid"]

    def open(self, text, kind):
        """Return the statement in a JWS. Raise Fault unless a believed key signed it as a statement of this kind."""
        parts = text.split(".")
        ensure(len(parts) == 3, "a signed statement does not have three parts")
        header = read_json(from_base64url(parts[0]))
        # A header with more in it, such as `crit`, asks for what this program does not do (RFC 7515, section 4.1.11).
        ensure(header.keys() == {"alg", "kid", "typ"}, "a signed statement has another header than the recipe says")
        ensure(header["alg"] == "Ed25519" and header["typ"] == kind, "a signed statement is of another kind")
        public = self.publics.get(header.get("kid"))
        ensure(public, "a statement is signed by a key that is not believed")
        message = f"{parts[0]}.{parts[1]}".encode()
        ensure(is_signature(public, message, from_base64url(parts[2])), "a signature does not fit its statement")
        statement = read_json(from_base64url(parts[1]))
        ensure(statement["recipe"] == RECIPE, "a statement follows another recipe than this program")
        return statement


# The Merkle tree over the digests of entries (RFC 9162, section 2.1).


def hash_leaf(digest):
    """Return the hash of a leaf, the digest of an entry in hexadecimal."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(digest)).digest()


def hash_node(left, right):
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_path(index, size, leaf, path):
    """Return the root that follows from a leaf and its audit path (RFC 9162, section 2.1.3.2)."""
    ensure(0 <= index < size, "an entry is outside the tree")
    number, last, root = index, size - 1, leaf
    for beside in path:
        ensure(last, "a path is too long")
        if number & 1 or number == last:
            root = hash_node(beside, root)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            root = hash_node(root, beside)
        number, last = number >> 1, last >> 1
    ensure(not last, "a path is too short")
    return root


def is_consistent(first_size, first_root, second_size, second_root, path):
    """Return whether the first tree is the beginning of the second (RFC 9162, section 2.1.4.2)."""
    if not 0 < first_size <= second_size:
        return False
    if first_size == second_size:
        return not path and first_root == second_root
    path = list(path) if first_size & (first_size - 1) else [first_root, *path]
    if not path:
        return False
    number, last = first_size - 1, second_size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    first = second = path[0]
    for beside in path[1:]:
        if not last:
            return False
        if number & 1 or number == last:
            first, second = hash_node(beside, first), hash_node(beside, second)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            second = hash_node(second, beside)
        number, last = number >> 1, last >> 1
    return not last and first == first_root and second == second_root


def root_from_cover(size, leaves, cover):
    """Return the root that follows from some leaves by their index, and the hashes of all subtrees without any."""
    remaining, indexes = iter(cover), sorted(leaves)

    def root(start, end, inside):
        if not inside:
            try:
                return next(remaining)
            except StopIteration:
                raise Fault("the proof of the entries is too short") from None
        if end - start == 1:
            return leaves[start]
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        left = root(start, middle, [index for index in inside if index < middle])
        return hash_node(left, root(middle, end, [index for index in inside if index >= middle]))

    ensure(not indexes or 0 <= indexes[0] <= indexes[-1] < size, "an entry is outside the tree")
    result = root(0, size, indexes)
    ensure(next(remaining, None) is None, "the proof of the entries is too long")
    return result


# What there is to verify.


def name_head(head):
    """Return a head in words."""
    at = f"signed by {head['issuer']} at {head['signed_at']} ({head['occasion']})"
    return f"head {head['number']} of {head['size']} entries, {at}"


def open_head(text, keys, known):
    """Return the statement of a signed head; note its digest in `known`."""
    head = keys.open(text, HEAD)
    known.add(sha256(text))
    return head


def check_entry(entry, filing):
    """Raise Fault unless a journal entry is about this filing: its subject, party, instant and content."""
    ensure(entry["act"] in FILING, "the entry is not about a filing")
    for name, member in (("subject", "subject_id"), ("party", "party_id"), ("filed_at", "at")):
        ensure(entry[member] == filing[name], f"the entry names another {name} than the filing")
    ensure(entry["details"].get("content_digest") == filing["content_digest"], "the entry is about another content")


def commit(*lines):
    """Return the digest of lines that commits to something."""
    return sha256("\n".join(lines))


def commit_to(filing, name):
    """Return the commitment to a filing that has its salt; its id is under `name`."""
    for part in (filing["salt"], filing["filed_at"]):
        ensure(re.fullmatch("[0-9A-Z:.a-z-]+", part), "a salt or an instant is malformed")
    return commit(FILING_DOMAIN, filing["salt"], filing[name], filing["filed_at"], filing["content"])


def open_seals(statements, sealed_in, keys):
    """Return the statements of seals, in their order. Raise Fault unless each follows the one before it."""
    seals, previous = [], None
    for text in statements:
        seal = keys.open(text, SEAL)
        ensure(seal["sealed_in"] == sealed_in, "a seal is that of another round or call")
        follows = seal["number"] == seals[-1]["number"] + 1 and seal["until"] > seals[-1]["until"] if seals else True
        ensure(follows and (not seals or seal["previous"] == previous), "a seal does not follow the one before it")
        previous = sha256(text)
        seals.append(seal)
    return seals


def check_seals(rows, sealed_in, keys, filings, name):
    """Return how many opened seals there are. Raise Fault unless each holds exactly what was filed before its instant.

    `filings` have their salts, and their ids under `name`.
    """
    seals = open_seals([row["statement"] for row in rows], sealed_in, keys)
    ensure(not seals or seals[0]["number"] == 1, "the first seals are missing")
    commitments = sorted((commit_to(filing, name), filing["filed_at"]) for filing in filings) if seals else []
    for seal, salt in zip(seals, [row["salt"] for row in rows]):  # noqa: B905  Python 3.9 knows no `strict`
        inside = [digest for digest, filed_at in commitments if filed_at < seal["until"]]
        digest = commit(SEAL_DOMAIN, salt, sealed_in, seal["until"], *inside)
        words = f"what was filed before {seal['until']} is not what the seal of then holds"
        ensure(digest == seal["digest"], words)
    return len(seals)


def verify_seals(document, pinned, known):
    """Return what the published seals of a round or call prove. Raise Fault for what does not hold."""
    keys = Keys(document["keys"], pinned)
    statements = [row["statement"] for row in document["seals"]][::-1]
    seals = open_seals(statements, document["sealed_in"], keys)
    lines = [f"key {keys.first}, {len(seals)} seals of {document['sealed_in']} follow each other"]
    lines.append("keep them: after the close they are compared with what is opened")
    return Proof(lines, keys, seals=(document["sealed_in"], set(statements)))


def verify_opened(document, pinned, known):
    """Return what the opened seals of a round or call prove. Raise Fault for what does not hold."""
    keys = Keys(document["keys"], pinned)
    filings = {filing["filing"]: filing for filing in document["filings"]}
    ensure(len(filings) == len(document["filings"]), "a filing is there twice")
    count = check_seals(document["seals"], document["sealed_in"], keys, document["filings"], "filing")
    digests = {name: sha256(filing["content"]) for name, filing in filings.items()}
    lines = [f"key {keys.first}, {len(filings)} filings in {document['sealed_in']} are what {count} seals hold"]
    if count:
        last = document["seals"][-1]["until"]
        late = sum(filing["filed_at"] >= last for filing in filings.values())
        ensure(not late, f"{late} filings came after the last seal, at {last}")
    statements = {row["statement"] for row in document["seals"]}
    return Proof(lines, keys, pack=document["sealed_in"], filings=digests, opened=statements)


def verify_receipt(document, pinned, known):
    """Return what a receipt proves. Raise Fault for what does not hold."""
    keys = Keys(document["keys"], pinned)
    receipt = keys.open(document["receipt"], RECEIPT)
    ensure(sha256(document["content"]) == receipt["content_digest"], "the content is not what the receipt is about")
    lines = [
        f"issued by {receipt['issuer']}, key {keys.first}",
        f"{receipt['subject']} was filed at {receipt['filed_at']}",
    ]
    if "commitment" in receipt:
        filing = {**receipt, "salt": document["salt"], "content": document["content"]}
        ensure(commit_to(filing, "subject") == receipt["commitment"], "the commitment is not one to this filing")
        lines[-1] += f", and sealed under the commitment {receipt['commitment']}"
    content = read_json(document["content"])
    place = content.get("round_id") or content.get("call_id") or receipt["subject"]
    about = (receipt["subject"], place, receipt["content_digest"])
    if document["entry"] is None:
        ensure(document["head"] is None, "there is a head without an entry")
        lines.append("only promised so far: no head over it is out yet; get the receipt again after the close")
        return Proof(lines, keys, receipt=about)
    entry = read_json(document["entry"])
    check_entry(entry, receipt)
    head = open_head(document["head"], keys, known)
    path = [from_hex(each) for each in document["path"]]
    root = root_from_path(entry["sequence"] - 1, head["size"], hash_leaf(sha256(document["entry"])), path)
    ensure(root.hex() == head["root"], "the entry is not in the journal that the head was signed for")
    lines.append(f"it is entry {entry['sequence']} of the journal: {name_head(head)}")
    return Proof(lines, keys, receipt=about)


def check_consistency(first, second, path):
    """Raise Fault unless the journal of the first head is the beginning of that of the second."""
    roots = from_hex(first["root"]), from_hex(second["root"])
    path = [from_hex(each) for each in path]
    holds = is_consistent(first["size"], roots[0], second["size"], roots[1], path)
    ensure(holds, f"the journal was rewritten between head {first['number']} and head {second['number']}")


def verify_consistency(document, pinned, known):
    """Return what a proof of consistency proves. Raise Fault for what does not hold."""
    keys = Keys(document["keys"], pinned)
    first, second = (open_head(document[name], keys, known) for name in ("first", "second"))
    check_consistency(first, second, document["path"])
    lines = [f"issued by {first['issuer']}, key {keys.first}", f"{name_head(second)} continues {name_head(first)}"]
    return Proof(lines, keys)


PACKED = b"PK\x01\x02\x14\x03\x14" + bytes(7) + b"\x21\0"
"""How every file in the directory of a pack begins: neither encrypted nor compressed, of the first day of 1980."""
PLAIN = bytes(10) + b"\xa4\x01"
"""What is said of it there: nothing more, and that it is a file that its owner may change and everybody read."""


def read_pack(data):
    """Return the files of a pack by name.

    Raise Fault unless it is a zip file without compression that holds each name once and not a byte besides: the files
    one after the other, then the directory, then its end. So no two programs read different files in it. For the same
    reason nothing is said in it twice in two ways, no file is encrypted, a link or more than a name and its content.
    """
    end = len(data) - 22
    added = "the pack is no zip file as the recipe says, or something was added"
    ensure(end >= 0 and data[end : end + 8] == b"PK\x05\x06\0\0\0\0" and data[-2:] == b"\0\0", added)
    here, count, length, directory = struct.unpack("<HHII", data[end + 8 : end + 20])
    files, start, place = {}, 0, directory
    for _ in range(count):
        ensure(data[place : place + 16] == PACKED, added)
        packed, size, name_size = struct.unpack("<IIH", data[place + 20 : place + 30])
        ensure(size == packed and data[place + 30 : place + 42] == PLAIN, "a file in the pack is more than its content")
        name, local = data[place + 46 : place + 46 + name_size], struct.unpack("<I", data[place + 42 : place + 46])[0]
        ensure(local == start and data[local : local + 4] == b"PK\x03\x04", added)
        ensure(data[local + 4 : local + 30] == data[place + 6 : place + 32], "a file is described twice in the pack")
        ensure(data[local + 30 : local + 30 + name_size] == name, "a file has two names in the pack")
        begins = local + 30 + name_size
        ensure(name.decode() not in files, "a file is in the pack twice")
        files[name.decode()], start = data[begins : begins + size], begins + size
        place += 46 + name_size
    ensure(start == directory and place == end and length == end - directory and here == count, added)
    return files


def lines_of(data):
    """Return the lines of a file of which each is a JSON value."""
    lines = data.decode().split("\n")
    ensure(lines.pop() == "", "the last line of a file is cut off")
    return lines


def verify_pack(files, pinned, known):
    """Return what an evidence pack proves. Raise Fault for what does not hold."""
    ensure({"manifest.jws", "keys.json"} <= files.keys(), "the pack has no manifest or no keys")
    keys = Keys(read_json(files["keys.json"]), pinned)
    manifest = keys.open(files["manifest.jws"].decode(), MANIFEST)
    ensure(manifest["files"].keys() == files.keys() - {"manifest.jws"}, "the pack holds other files than it lists")
    for name, digest in manifest["files"].items():
        ensure(sha256(files[name]) == digest, f"{name} was changed")
    head, heads = check_heads(files, keys, known)
    entries = check_entries(files, head)
    filings = check_filings(files, entries)
    answers, undone = check_answers(files, entries), count_undone(files, entries)
    subject = read_json(files["subject.json"])
    sealing, statements = check_sealing(files, subject, keys)
    for line in lines_of(files["provisions.jsonl"]):
        provision = read_json(line)
        ensure(sha256(provision["text"]) == provision["digest"], "the text of a provision does not fit its digest")
    count = f"{say(len(filings), 'filing')} and {say(answers, 'answer')} fit them"
    count += f", {undone} of these answers undone since" if undone else ""
    lines = [
        f"issued by {manifest['issuer']}, key {keys.first}, about {manifest['subject']}",
        f"{name_head(head)}, {say(len(heads) - 1, 'earlier head')} consistent with it",
        f"{say(len(entries), 'entry is', 'entries are')} in the journal of that head; {count}",
        *sealing,
        "not proven: that nothing was left out of the pack (look for your own receipts), and files marked in README.md",
    ]
    return Proof(lines, keys, pack=subject["id"], filings=filings, opened=statements)


def check_sealing(files, subject, keys):
    """Return what the seals in a pack prove, in lines, and their statements. Packs of before have none."""
    rows = read_json(files["seals.json"]) if "seals.json" in files else []
    if subject.get("visibility") != "AFTER_CLOSE" or not rows:
        ensure(not rows, "there are seals of what was not sealed")
        return [], set()
    filings = [read_json(line) for line in lines_of(files["filings.jsonl"])]
    ensure(all("salt" in filing for filing in filings), "a filing in a sealed round has no salt")
    count = check_seals(rows, subject["id"], keys, filings, "subject")
    late = [filing for filing in filings if filing["filed_at"] >= subject["closes_at"]]
    ensure(not late, "something was filed after the close")
    statements = {row["statement"] for row in rows}
    return [f"what was filed is what {count} seals held, the last one of {rows[-1]['until']}"], statements


def check_heads(files, keys, known):
    """Return the head of a pack, and all heads in it."""
    document = read_json(files["heads.json"])
    head = open_head(document["head"], keys, known)
    heads = [head]
    for row in document["earlier"]:
        earlier = open_head(row["head"], keys, known)
        check_consistency(earlier, head, row["path"])
        heads.append(earlier)
    return head, heads


def check_entries(files, head):
    """Return the entries of a pack by sequence. Raise Fault unless the root of the head follows from them."""
    entries, leaves, last = {}, {}, 0
    for text in lines_of(files["entries.jsonl"]):
        entry = read_json(text)
        ensure(entry["sequence"] > last, "the entries are not in order")
        last = entry["sequence"]
        entries[last], leaves[last - 1] = entry, hash_leaf(sha256(text))
    cover = [from_hex(each) for each in read_json(files["proof.json"])]
    ensure(entries, "there are no entries")
    ensure(root_from_cover(head["size"], leaves, cover).hex() == head["root"], "the entries are not in the journal")
    return entries


def check_filings(files, entries):
    """Return the content digests in a pack by what was filed, in the order of the journal.

    Raise Fault unless each filing has its entry, and each such entry its filing.
    """
    waiting = {entry["subject_id"]: entry for entry in entries.values() if entry["act"] in FILING}
    filings, last = {}, 0
    for line in lines_of(files["filings.jsonl"]):
        filing = read_json(line)
        entry = waiting.pop(filing["subject"], None)
        ensure(entry, "a filing has no entry in the journal")
        check_entry(entry, filing)
        ensure(sha256(filing["content"]) == filing["content_digest"], "the words of a filing were changed")
        ensure(entry["sequence"] > last, "the filings are not in the order of the journal")
        last, filings[filing["subject"]] = entry["sequence"], filing["content_digest"]
    ensure(not waiting, "a filing is missing for an entry of the journal")
    return filings


def check_answers(files, entries):
    """Return how many recorded answers are in a pack.

    Raise Fault unless each fits the entry that recorded it, alone or with others.
    """
    acts = list(entries.values())
    recorded = {entry["details"]["disposition"]: entry for entry in acts if entry["act"] == "disposition.recorded"}
    together = {entry["subject_id"]: entry for entry in acts if entry["act"] == "answers.recorded"}
    settled = {(entry["subject_id"], entry["at"]): entry for entry in acts if entry["act"] == "answer.settled"}
    groups, ids = {}, set()
    for line in lines_of(files["answers.jsonl"]):
        answer = read_json(line)
        ensure(answer["id"] not in ids, "an answer is there twice")
        ids.add(answer["id"])
        if answer["id"] in recorded:
            check_answer(recorded.pop(answer["id"]), answer)
            continue
        by = together.get(answer.get("batch")), settled.get((answer["subject"], answer["decided_at"]))
        entry = by[0] if "batch" in answer else by[1]
        ensure(entry, "an answer has no entry in the journal")
        ensure(entry["at"] == answer["decided_at"], "an answer is not the one that was recorded")
        groups.setdefault(entry["sequence"], []).append(line)
    ensure(not recorded, "an answer is missing for an entry of the journal")
    for entry in (*together.values(), *settled.values()):
        check_given_together(entry, groups.get(entry["sequence"], []))
    return len(ids)


def count_undone(files, entries):
    """Return how many of the answers in a pack were undone. Raise Fault for undone answers that are not there."""
    undone = {entry["subject_id"] for entry in entries.values() if entry["act"] == "answers.undone"}
    batches = [read_json(line).get("batch") for line in lines_of(files["answers.jsonl"])]
    ensure(undone <= set(batches), "answers were undone that are not there")
    return sum(batch in undone for batch in batches)


def check_given_together(entry, lines):
    """Raise Fault unless these are the answers that one act gave, as their entry binds them."""
    details = entry["details"]
    digest = sha256("".join(f"{line}\n" for line in sorted(lines)))
    if "answers_digest" in details:
        ensure(details["answers"] == len(lines), "an answer is missing for an entry of the journal")
        ensure(details["answers_digest"] == digest, "an answer that was given with others was changed")
    ensure(lines, "an answer is missing for an entry of the journal")


def check_answer(entry, answer):
    """Raise Fault unless an answer is the one that was recorded by its own entry."""
    fits = (entry["subject_id"], entry["details"]["verdict"]) == (answer["subject"], answer["verdict"])
    ensure(fits and entry["at"] == answer["decided_at"], "an answer is not the one that was recorded")
    details, wording = entry["details"], answer["wording"]
    ensure(details.get("reason", answer["reason"]) == answer["reason"], "the reason of an answer was changed")
    digest = None if wording is None else sha256(wording)
    ensure(details.get("wording_digest", digest) == digest, "the wording of an answer was changed")


def verify_file(name, pinned, known):
    """Return what a file proves. Raise Fault for what does not hold."""
    with open(name, "rb") as file:
        data = file.read()
    if data.startswith(b"PK"):
        return verify_pack(read_pack(data), pinned, known)
    document = read_json(data)
    kinds = {
        "receipt": verify_receipt,
        "consistency": verify_consistency,
        "seals": verify_seals,
        "opened": verify_opened,
    }
    ensure(isinstance(document, dict) and document.get("kind") in kinds, "this is no evidence of a kind known here")
    return kinds[document["kind"]](document, pinned, known)


def check_together(proofs):
    """Return how many filings of receipts are in a pack that is given with them.

    Raise Fault if a filing is missing in the pack of its own round or proposal, has other words there, or if the pack
    believes another first key than the receipt; or if a published seal is not among those opened there. It is not
    enough that the pack knows the key of the receipt: a first key of anybody can endorse that.
    """
    packs = {proof.pack: proof for proof in proofs if proof.pack}
    receipts = [(proof.receipt, proof.keys) for proof in proofs if proof.receipt]
    looked_for = [(*receipt, keys, packs[receipt[1]]) for receipt, keys in receipts if receipt[1] in packs]
    for subject, place, digest, keys, pack in looked_for:
        ensure(subject in pack.filings, f"{subject} was left out of the pack of {place}")
        ensure(pack.filings[subject] == digest, f"{subject} has other words in the pack than in its receipt")
        ensure(keys.first == pack.keys.first, f"the receipt of {subject} has another first key than the pack")
    for (sealed_in, statements), keys in ((proof.seals, proof.keys) for proof in proofs if proof.seals):
        pack = packs.get(sealed_in)
        ensure(pack is None or statements <= pack.opened, f"a seal of {sealed_in} was replaced after it was published")
        ensure(pack is None or keys.first == pack.keys.first, f"the seals of {sealed_in} have another first key")
    return len(looked_for)


def with_values_joined(words):
    """Return the words of a command with `--key KID` as `--key=KID`: a fingerprint may begin with a dash, and argparse
    would take it for an option."""
    words = list(words)
    for place in range(len(words) - 1, 0, -1):
        if words[place - 1] in ("--key", "--head"):
            words[place - 1 : place + 1] = [f"{words[place - 1]}={words[place]}"]
    return words


def main(words=None):
    """Verify files, say what they prove, and return the status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--key", metavar="KID")
    parser.add_argument("--head", metavar="DIGEST")
    options = parser.parse_args(with_values_joined(sys.argv[1:] if words is None else words))
    proofs = []
    for name in options.files:
        known = set()
        try:
            proof = verify_file(name, options.key, known)
            ensure(options.head is None or options.head.lower() in known, "it does not hold the head that you know")
        except (Fault, KeyError, TypeError, AttributeError, ValueError, RecursionError, struct.error) as fault:
            words = str(fault) if isinstance(fault, Fault) else f"malformed ({type(fault).__name__})"
            sys.stdout.write(f"{name}: DOES NOT HOLD: {words}\n")
            return 1
        except OSError as error:
            sys.stdout.write(f"{name}: {error.strerror}\n")
            return 2
        proofs.append(proof)
        sys.stdout.write("".join(f"{name}: {line}\n" for line in [*proof.lines, "holds"]))
    try:
        count = check_together(proofs)
    except Fault as fault:
        sys.stdout.write(f"DOES NOT HOLD: {fault}\n")
        return 1
    sys.stdout.write(
        f"{say(count, 'receipt has its filing', 'receipts have their filings')} in a pack\n" if count else ""
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
