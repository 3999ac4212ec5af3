#!/usr/bin/env python3
"""核对归档包: 只用 Python 3 自带的部件。用法: python3 data/verify.py [公钥]"""
import base64
import hashlib
import json
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def fail(words):
    print("核对不通过: " + words)
    sys.exit(1)


def read(*parts):
    with open(os.path.join(TOP, *parts), "rb") as file:
        return file.read()


def sha256(data):
    return hashlib.sha256(data).digest()


# 1. 清单
def check_manifest(name):
    listed = set()
    for line in read(name).decode("utf-8").splitlines():
        digest, path = line.split("  ", 1)
        if not os.path.isfile(os.path.join(TOP, *path.split("/"))):
            fail("缺少 " + path)
        if sha256(read(*path.split("/"))).hex() != digest:
            fail("改动过 " + path)
        listed.add(path)
    return listed


# 2. Ed25519 (RFC 8032)
def decode_point(data):
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y)


def add(one, other):
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, P - 2, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - product, P - 2, P) % P
    return (x, y)


def times(number, point):
    result = (0, 1)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(key, message, signature):
    public, first = decode_point(key), decode_point(signature[:32])
    second = int.from_bytes(signature[32:], "little")
    if public is None or first is None or len(signature) != 64 or second >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return times(second, BASE) == add(first, times(challenge, public))


# 3. 检查点 (C2SP signed-note)
def read_key(text):
    name, number, encoded = text.strip().split("+", 2)
    data = base64.b64decode(encoded)
    own = sha256(name.encode() + b"\n" + data)[:4]
    if data[0] != 1 or len(data) != 33 or own.hex() != number:
        fail("公钥读不出")
    return name, own, data[1:]


CHECKED = {}


def check_note(note, key):
    if note in CHECKED:
        return CHECKED[note]
    text, lines = note.split("\n\n", 1)
    text += "\n"
    name, number, public = key
    good = False
    for line in lines.splitlines():
        dash, who, encoded = line.split(" ", 2)
        data = base64.b64decode(encoded)
        if dash == "\u2014" and who == name and data[:4] == number:
            good = signed_by(public, text.encode(), data[4:])
            if not good:
                fail("检查点的签名不对")
    if not good:
        fail("检查点没有日志的签名")
    origin, size, root = text.splitlines()[:3]
    if origin != name:
        fail("检查点是别的日志的")
    CHECKED[note] = (int(size), base64.b64decode(root))
    return CHECKED[note]


# 4. 证明 (RFC 6962)
def climbed(leaf, index, size, path):
    if index >= size:
        return None
    node, last = index, size - 1
    for other in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            leaf = sha256(b"\x01" + other + leaf)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            leaf = sha256(b"\x01" + leaf + other)
        node, last = node >> 1, last >> 1
    return leaf if last == 0 else None


def check_proof(entry, text, place, key):
    head, note = text.split("\n\n", 1)
    lines = head.splitlines()
    if lines[0] != "c2sp.org/tlog-proof@v1" or lines[1] != "index %d" % place:
        fail("不是第 %d 条的证明" % place)
    size, root = check_note(note, key)
    path = [base64.b64decode(line) for line in lines[2:]]
    if climbed(sha256(b"\x00" + entry), place, size, path) != root:
        fail("第 %d 条不在日志里" % place)


# 5. 内容
def check_content(entry, content, folder):
    if sha256(content).hex() != json.loads(entry)["sha256"]:
        fail(folder + " 的内容与日志的摘要不符")
    told = json.loads(content[32:].decode("utf-8"))
    if told["text"].encode("utf-8") != read(folder, "document.txt"):
        fail(folder + " 的正文与日志里的不符")
    files = os.path.join(TOP, folder, "files")
    there = sorted(os.listdir(files)) if os.path.isdir(files) else []
    digests = [sha256(read(folder, "files", name)).hex() for name in there]
    if digests != [digest for _, digest in told["attachments"]]:
        fail(folder + " 的附件与日志里的不符")


def main():
    check_manifest("tagmanifest-sha256.txt")
    listed = check_manifest("manifest-sha256.txt")
    for folder, _, names in os.walk(os.path.join(TOP, "data")):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), TOP).replace(os.sep, "/")
            if path not in listed:
                fail("清单里没有 " + path)
    leaves = waiting = 0
    key = None
    if "data/log/vkey.txt" in listed:
        given = sys.argv[1] if len(sys.argv) > 1 else read("data", "log", "vkey.txt").decode()
        key = read_key(given)
    for path in sorted(listed):
        if not path.endswith(".leaf.json"):
            continue
        stem = path[: -len(".leaf.json")]
        place = int(stem.rsplit("/", 1)[1])
        entry = read(*path.split("/"))
        if stem + ".tlog-proof" in listed:
            check_proof(entry, read(*(stem + ".tlog-proof").split("/")).decode(), place, key)
            leaves += 1
        else:
            waiting += 1
        if stem + ".content" in listed:
            folder = stem.rsplit("/log/", 1)[0]
            check_content(entry, read(*(stem + ".content").split("/")), folder)
    print("清单 %d 个文件相符，日志条目 %d 条有证明，%d 条导出时还没有签署" % (len(listed), leaves, waiting))
    print("核对通过")


main()
