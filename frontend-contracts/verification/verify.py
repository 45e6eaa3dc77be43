"""Verify evidence of an Intersession server without that server. Python 3.9 or newer, nothing to install.

    python verify.py FILE [FILE ...] [--key KID] [--head DIGEST]

A FILE is a receipt (.json), a proof that two signed heads are consistent (.json) or an evidence pack (.zip). `--key` is
the fingerprint of a key that you know from elsewhere: then nothing is believed that this key, or one it endorsed, did
not sign. `--head` is the digest of a signed head that you know from elsewhere, such as the one in a letter: the file
must hold that head. Receipts that are given together with the pack of their round must be in it. Status 0 if everything
holds, 1 if something does not, 2 if a file cannot be read.

README.md beside this file is the recipe: what is hashed and signed, byte for byte.
"""

import argparse
import base64
import binascii
import hashlib
import json
import sys
import zipfile

RECIPE = 1
HEAD, RECEIPT, KEY, MANIFEST = (f"intersession-{name}+jws" for name in ("head", "receipt", "key", "manifest"))
FILING = {"comment.submitted", "comment.cleared", "proposal.submitted"}
"""Acts by which something is filed."""


class Fault(Exception):
    """Something that does not hold, in words."""


def ensure(holds, words):
    """Raise Fault with these words unless it holds."""
    if not holds:
        raise Fault(words)


def sha256(data):
    """Return the SHA-256 of bytes, or of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


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
        header = json.loads(from_base64url(parts[0]))
        ensure(header.get("alg") == "Ed25519" and header.get("typ") == kind, "a signed statement is of another kind")
        public = self.publics.get(header.get("kid"))
        ensure(public, "a statement is signed by a key that is not believed")
        message = f"{parts[0]}.{parts[1]}".encode()
        ensure(is_signature(public, message, from_base64url(parts[2])), "a signature does not fit its statement")
        statement = json.loads(from_base64url(parts[1]))
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


def verify_receipt(document, pinned, known):
    """Return what a receipt proves, in lines. Raise Fault for what does not hold."""
    keys = Keys(document["keys"], pinned)
    receipt = keys.open(document["receipt"], RECEIPT)
    ensure(sha256(document["content"]) == receipt["content_digest"], "the content is not what the receipt is about")
    lines = [
        f"issued by {receipt['issuer']}, key {keys.first}",
        f"{receipt['subject']} was filed at {receipt['filed_at']}",
    ]
    if document["entry"] is None:
        ensure(document["head"] is None, "there is a head without an entry")
        return [*lines, "only promised so far: no head over it is out yet; get the receipt again after the close"]
    entry = json.loads(document["entry"])
    check_entry(entry, receipt)
    head = open_head(document["head"], keys, known)
    path = [bytes.fromhex(each) for each in document["path"]]
    root = root_from_path(entry["sequence"] - 1, head["size"], hash_leaf(sha256(document["entry"])), path)
    ensure(root.hex() == head["root"], "the entry is not in the journal that the head was signed for")
    return [*lines, f"it is entry {entry['sequence']} of the journal: {name_head(head)}"]


def check_consistency(first, second, path):
    """Raise Fault unless the journal of the first head is the beginning of that of the second."""
    roots = bytes.fromhex(first["root"]), bytes.fromhex(second["root"])
    path = [bytes.fromhex(each) for each in path]
    holds = is_consistent(first["size"], roots[0], second["size"], roots[1], path)
    ensure(holds, f"the journal was rewritten between head {first['number']} and head {second['number']}")


def verify_consistency(document, pinned, known):
    """Return what a proof of consistency proves, in lines. Raise Fault for what does not hold."""
    keys = Keys(document["keys"], pinned)
    first, second = (open_head(document[name], keys, known) for name in ("first", "second"))
    check_consistency(first, second, document["path"])
    return [f"issued by {first['issuer']}, key {keys.first}", f"{name_head(second)} continues {name_head(first)}"]


def read_pack(file):
    """Return the files of a pack by name. Raise Fault unless it is a plain zip file that holds each name once."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        ensure(len(names) == len(set(names)), "a file is in the pack twice")
        stored = all(each.compress_type == zipfile.ZIP_STORED for each in archive.infolist())
        ensure(stored and not archive.comment, "the pack is compressed, or something was added")
        return {name: archive.read(name) for name in names}


def lines_of(data):
    """Return the lines of a file of which each is a JSON value."""
    return data.decode().split("\n")[:-1]


def verify_pack(files, pinned, known):
    """Return what an evidence pack proves, in lines. Raise Fault for what does not hold."""
    ensure({"manifest.jws", "keys.json"} <= files.keys(), "the pack has no manifest or no keys")
    keys = Keys(json.loads(files["keys.json"]), pinned)
    manifest = keys.open(files["manifest.jws"].decode(), MANIFEST)
    ensure(manifest["files"].keys() == files.keys() - {"manifest.jws"}, "the pack holds other files than it lists")
    for name, digest in manifest["files"].items():
        ensure(sha256(files[name]) == digest, f"{name} was changed")
    head, heads = check_heads(files, keys, known)
    entries = check_entries(files, head)
    filings = check_filings(files, entries)
    answers = check_answers(files, entries)
    for line in lines_of(files["provisions.jsonl"]):
        provision = json.loads(line)
        ensure(sha256(provision["text"]) == provision["digest"], "the text of a provision does not fit its digest")
    return [
        f"issued by {manifest['issuer']}, key {keys.first}, about {manifest['subject']}",
        f"{name_head(head)}, {len(heads) - 1} earlier heads consistent with it",
        f"{len(entries)} entries are in the journal of that head; {filings} filings and {answers} answers fit them",
        "not proven: that nothing was left out of the pack (look for your own receipts), and files marked in README.md",
    ]


def check_heads(files, keys, known):
    """Return the head of a pack, and all heads in it."""
    document = json.loads(files["heads.json"])
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
        entry = json.loads(text)
        ensure(entry["sequence"] > last, "the entries are not in order")
        last = entry["sequence"]
        entries[last], leaves[last - 1] = entry, hash_leaf(sha256(text))
    cover = [bytes.fromhex(each) for each in json.loads(files["proof.json"])]
    ensure(entries, "there are no entries")
    ensure(root_from_cover(head["size"], leaves, cover).hex() == head["root"], "the entries are not in the journal")
    return entries


def check_filings(files, entries):
    """Return how many filings are in a pack. Raise Fault unless each has its entry, and each such entry its filing."""
    waiting = {entry["subject_id"]: entry for entry in entries.values() if entry["act"] in FILING}
    count = 0
    for line in lines_of(files["filings.jsonl"]):
        filing = json.loads(line)
        entry = waiting.pop(filing["subject"], None)
        ensure(entry, "a filing has no entry in the journal")
        check_entry(entry, filing)
        ensure(sha256(filing["content"]) == filing["content_digest"], "the words of a filing were changed")
        count += 1
    ensure(not waiting, "a filing is missing for an entry of the journal")
    return count


def check_answers(files, entries):
    """Return how many recorded answers are in a pack. Raise Fault unless each fits the entry that recorded it."""
    recorded = {
        entry["details"]["disposition"]: entry for entry in entries.values() if entry["act"] == "disposition.recorded"
    }
    count = 0
    for line in lines_of(files["answers.jsonl"]):
        answer = json.loads(line)
        entry = recorded.pop(answer["id"], None)
        ensure(entry, "an answer has no entry in the journal")
        fits = (entry["subject_id"], entry["details"]["verdict"]) == (answer["subject"], answer["verdict"])
        ensure(fits and entry["at"] == answer["decided_at"], "an answer is not the one that was recorded")
        details, wording = entry["details"], answer["wording"]
        ensure(details.get("reason", answer["reason"]) == answer["reason"], "the reason of an answer was changed")
        digest = None if wording is None else sha256(wording)
        ensure(details.get("wording_digest", digest) == digest, "the wording of an answer was changed")
        count += 1
    ensure(not recorded, "an answer is missing for an entry of the journal")
    return count


def verify_file(name, pinned, known):
    """Return what a file proves, in lines. Raise Fault for what does not hold."""
    with open(name, "rb") as file:
        if zipfile.is_zipfile(file):
            return verify_pack(read_pack(file), pinned, known)
        file.seek(0)
        document = json.loads(file.read())
    kinds = {"receipt": verify_receipt, "consistency": verify_consistency}
    ensure(isinstance(document, dict) and document.get("kind") in kinds, "this is no evidence of a kind known here")
    return kinds[document["kind"]](document, pinned, known)


def check_together(names):
    """Raise Fault if the filing of a receipt is missing in the pack of its own round or proposal. All files hold."""
    packs, receipts = {}, []
    for name in names:
        if zipfile.is_zipfile(name):
            files = read_pack(name)
            filings = {json.loads(line)["subject"] for line in lines_of(files["filings.jsonl"])}
            packs[json.loads(files["subject.json"])["id"]] = filings
            continue
        with open(name, "rb") as file:
            document = json.loads(file.read())
        if document["kind"] == "receipt":
            subject = json.loads(from_base64url(document["receipt"].split(".")[1]))["subject"]
            receipts.append((json.loads(document["content"]).get("round_id", subject), subject))
    for place, subject in receipts:
        ensure(subject in packs.get(place, {subject}), f"{subject} was left out of the pack of {place}")
    return sum(place in packs for place, _ in receipts)


def main(words=None):
    """Verify files, say what they prove, and return the status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--key", metavar="KID")
    parser.add_argument("--head", metavar="DIGEST")
    options = parser.parse_args(words)
    for name in options.files:
        known = set()
        try:
            lines = verify_file(name, options.key, known)
            ensure(options.head is None or options.head in known, "it does not hold the head that you know")
        except (Fault, KeyError, TypeError, AttributeError, ValueError, RecursionError, zipfile.BadZipFile) as fault:
            words = str(fault) if isinstance(fault, Fault) else f"malformed ({type(fault).__name__})"
            sys.stdout.write(f"{name}: DOES NOT HOLD: {words}\n")
            return 1
        except OSError as error:
            sys.stdout.write(f"{name}: {error.strerror}\n")
            return 2
        sys.stdout.write("".join(f"{name}: {line}\n" for line in [*lines, "holds"]))
    try:
        count = check_together(options.files)
    except Fault as fault:
        sys.stdout.write(f"DOES NOT HOLD: {fault}\n")
        return 1
    sys.stdout.write(f"filings of {count} receipts are in their packs\n" if count else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
