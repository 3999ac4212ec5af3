#!/bin/sh
# 核对: 一个条目确实在公开日志里。只用 openssl 和系统自带的工具。
# 签名 (Ed25519) 由 OpenSSL 3 核对; 只有 OpenSSL 1.1.1 的 (较早的 Debian、统信、麒麟), 由 Python 3 核对;
# 两样都没有的, 核对其余各项, 说明签名没有核对, 返回 3。
#   sh hedui.sh 证明.tlog-proof 条目.json 公钥
# 公钥是日志说明页上 “名称+八位十六进制+Base64” 那一行, 请从您信得过的地方取得并记下。
# 全部通过时最后一行是 “核对通过”, 返回 0; 否则说明哪一步不对, 返回 1。
# 格式: C2SP tlog-proof, tlog-checkpoint, signed-note; 哈希: RFC 6962。
set -eu

[ $# = 3 ] || { echo "用法: sh hedui.sh 证明.tlog-proof 条目.json 公钥" >&2; exit 2; }
proof=$1 entry=$2 key=$3
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
no() { echo "核对不通过: $1" >&2; exit 1; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
bytes() { # 十六进制变成字节; 不用 \x, 因为 sh 不一定认识
  printf '%s\n' "$1" | fold -w2 | while read -r pair; do printf "\\$(printf '%03o' "0x$pair")"; done
}
sha() { openssl dgst -sha256 -binary | hex; }
# 一个 Ed25519 签名对不对 (RFC 8032): 公钥 (十六进制) 签名 文件。返回 0 对, 1 不对, 3 没有工具。
signed_by() {
  if openssl pkeyutl -help 2>&1 | grep -q -e -rawin; then
    bytes "302a300506032b6570032100$1" >"$box/key.der" # RFC 8410 规定的公钥外壳
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$box/key.der" -rawin \
      -in "$3" -sigfile "$2" >/dev/null 2>&1 || return 1
  elif command -v python3 >/dev/null 2>&1; then
    python3 - "$1" "$2" "$3" <<'PYTHON' || return 1
import hashlib, sys
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, I = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)
def point(data):
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * I % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        sys.exit(1)
    return (P - x if x & 1 != sign else x, y)
def add(one, other):
    (a, b), (c, d) = one, other
    both = D * a * b * c * d % P
    return ((a * d + b * c) * pow(1 + both, P - 2, P) % P, (b * d + a * c) * pow(1 - both, P - 2, P) % P)
def times(number, one):
    sum = (0, 1)
    while number:
        if number & 1:
            sum = add(sum, one)
        one, number = add(one, one), number >> 1
    return sum
key, signature, text = bytes.fromhex(sys.argv[1]), open(sys.argv[2], "rb").read(), open(sys.argv[3], "rb").read()
if len(key) != 32 or len(signature) != 64:
    sys.exit(1)
scalar = int.from_bytes(signature[32:], "little")
digest = hashlib.sha512(signature[:32] + key + text).digest()
challenge = int.from_bytes(digest, "little") % L
base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
good = scalar < L and times(scalar, base) == add(point(signature[:32]), times(challenge, point(key)))
sys.exit(0 if good else 1)
PYTHON
  else
    return 3
  fi
}
base64_hex() { printf '%s\n' "$1" | openssl base64 -d -A 2>/dev/null | hex; }

# 1. 证明: 第一行是格式, 第二行是位置, 然后是哈希, 空行之后是检查点。
[ "$(sed -n 1p "$proof")" = "c2sp.org/tlog-proof@v1" ] || no "不是证明文件"
index=$(sed -n '2s/^index \([0-9][0-9]*\)$/\1/p' "$proof")
[ -n "$index" ] || no "证明里没有位置"
sed '1,2d' "$proof" | sed '/^$/,$d' >"$box/hashes"
sed '1,/^$/d' "$proof" >"$box/note"

# 2. 检查点: 名称、条数、根摘要三行, 空行, 然后是签名。
sed '/^$/,$d' "$box/note" >"$box/text"
[ "$(wc -l <"$box/text")" = 3 ] || no "检查点不是三行"
name=${key%%+*}
[ "$(sed -n 1p "$box/text")" = "$name" ] || no "检查点属于另一本日志"
size=$(sed -n 2p "$box/text")
case $size in '' | *[!0-9]* | 0?*) no "条数写法不对" ;; esac
root=$(base64_hex "$(sed -n 3p "$box/text")")
[ ${#root} = 64 ] || no "根摘要写法不对"

# 3. 签名: 公钥是 1 个字节的种类 (01) 和 32 个字节的 Ed25519 公钥。
rest=${key#*+}
material=$(base64_hex "${rest#*+}")
case $material in 01*) ;; *) no "公钥写法不对" ;; esac
public=${material#01}
[ ${#public} = 64 ] || no "公钥写法不对"
id=$({ printf '%s\n' "$name"; bytes "$material"; } | sha | cut -c1-8)
[ "${rest%%+*}" = "$id" ] || no "公钥的编号不对"
signed=no
sed '1,/^$/d' "$box/note" >"$box/signatures"
while read -r dash who line; do
  [ "$dash" = "—" ] && [ "$who" = "$name" ] || continue
  blob=$(base64_hex "$line")
  case $blob in "$id"*) ;; *) continue ;; esac
  bytes "${blob#"$id"}" >"$box/signature"
  answer=0
  signed_by "$public" "$box/signature" "$box/text" || answer=$?
  case $answer in 0) signed=yes ;; 3) signed=unknown ;; *) no "签名不对" ;; esac
done <"$box/signatures"
case $signed in
  yes) echo "检查点: $name 有 $size 条, 签名正确" ;;
  unknown) echo "检查点: $name 有 $size 条, 签名没有核对" ;;
  no) no "没有这把公钥的签名" ;;
esac

# 4. 从条目算到根: 叶子前面加一个字节 00, 两两合并前面加一个字节 01。
hash=$({ bytes 00; cat "$entry"; } | sha)
[ "$index" -lt "$size" ] || no "位置超出条数"
at=$index last=$((size - 1))
while read -r line; do
  other=$(base64_hex "$line")
  [ ${#other} = 64 ] || no "证明里的哈希写法不对"
  [ "$last" -gt 0 ] || no "证明里的哈希太多"
  if [ $((at % 2)) = 1 ] || [ "$at" = "$last" ]; then
    hash=$(bytes "01$other$hash" | sha)
    while [ $((at % 2)) = 0 ] && [ "$at" != 0 ]; do at=$((at / 2)) last=$((last / 2)); done
  else
    hash=$(bytes "01$hash$other" | sha)
  fi
  at=$((at / 2)) last=$((last / 2))
done <"$box/hashes"
[ "$last" = 0 ] || no "证明里的哈希太少"
[ "$hash" = "$root" ] || no "条目算不到检查点的根摘要"
echo "条目: 第 $index 条, 在这本日志里"
if [ $signed = unknown ]; then
  echo "签名没有核对: 这台机器的 openssl 太旧 (要 3.0 以上), 也没有 python3。装好其中一样再核对一次; 其余各项都对" >&2
  exit 3
fi
echo "核对通过"
