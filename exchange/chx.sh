#!/bin/sh
# Speaks CHX/1, the exchange of cases between hubs, with nothing but curl and openssl (3.0 or later).
#
#   chx.sh keygen sm2|ed25519|p256 [NAME]      NAME.key and NAME.pub, by default sign
#   chx.sh csr COMMON-NAME                     tls.key and tls.csr, for the authority that the hub trusts
#   chx.sh trust                               takes the hub's public keys; compare what it prints with what the hub's people say
#   chx.sh envelope TYPE CASE TO FILE [SEQ]    prints a message around the document in FILE, with an id of its own
#   chx.sh echo                                asks the hub what it takes for signed
#   chx.sh attach FILE [sm3]                   uploads what a message will name, from where a broken upload ended; prints how to name it
#   chx.sh send FILE                           sends a message and verifies the receipt; all of it is kept in sent/ID
#   chx.sh resend ID                           the same message once more: the same receipt, whatever was lost
#   chx.sh get PATH                            health, keys, profile or messages/ID; the answer is verified and printed
#   chx.sh verify-receipt ID                   verifies what sent/ID holds, without any connection
#   chx.sh pull [SECONDS]                      fetches what is for us into inbox/, and what it names into inbox/attachments/;
#                                              waits up to 25 s for something
#   chx.sh ack ID                              signs that we have a fetched message, and answer for it
#   chx.sh reject ID PROBLEM                   signs that we never will, for instance schema-invalid
#   chx.sh evidence ID                         fetches and verifies every step of a message: received, relayed, delivered …
#   chx.sh chain                               fetches the chain of all steps of all our messages into the file chain, verified
#   chx.sh verify-chain FILE [PREV]            verifies a chain of evidence, a line "HASH BASE64-OF-THE-EVIDENCE" for each step
#   chx.sh manifest-diff DAY                   holds the hub's manifest of a day (2026-11-24) beside sent/, inbox/ and what its chain says
#                                              of each message, names what is otherwise, and countersigns; all of it is kept
#                                              in manifests/DAY
#   chx.sh package CASE                        fetches all that was signed about a case into CASE.evidence.tar, verified
#   chx.sh verify-evidence FILE                verifies such a file, without any connection
#   chx.sh vectors [DIRECTORY]                 checks this very program against the numbered cases
#   chx.sh conformance                         tries the hub by the cases C01 to C20, with two made-up cases of its own, and says what
#                                              came out, and whose fault it is
#
# Settings, in chx.conf of the current directory or in the environment:
#   CHX_BASE    the hub's address, https://host:port/partner/v1, exactly as it stands in the profile
#   CHX_PARTY   our name in envelopes, urn:chx:<region>:<system>
#   CHX_KEYID   the name under which our key is registered
#   CHX_SIGN    our signing key (sign.key); CHX_CERT, CHX_KEY our TLS certificate and key (tls.crt, tls.key)
#   CHX_CA      the authority of the hub's TLS certificate (hub-ca.pem)
#   CHX_TSA     whom time-stamps must come from, a file of PEM; left out, whom the package itself names
#   CHX_VECTORS, CHX_DOCUMENT   for conformance: the numbered cases (vectors beside this program), and an application that the hub
#               has use for, with @CASE@ for its number, @TIME@ for now, and no materials
#
# It ends with 0 when all is well, 1 when it is not, 2 when nobody knows or the hub is busy: then resend, with the same id.

set -eu
umask 077

if [ -f chx.conf ]; then
  . ./chx.conf
fi
: "${CHX_SIGN:=sign.key}" "${CHX_CERT:=tls.crt}" "${CHX_KEY:=tls.key}" "${CHX_CA:=hub-ca.pem}"
: "${CHX_SENT:=sent}" "${CHX_INBOX:=inbox}" "${CHX_HUB_KEYS:=hub-keys}" "${CHX_TIMEOUT:=30}" "${CHX_PART_TIMEOUT:=600}"
# The user id of GB/T 32918. OpenSSL before 4.0 takes an empty one where none is named.
CHX_DISTID=${CHX_DISTID-1234567812345678}
# When a request says that it was signed; now, where it is empty.
created=

MEDIA_TYPE=application/cloudevents+json

fail() {
  echo "chx: $*" >&2
  exit 1
}

again() {
  echo "chx: $*" >&2
  exit 2
}

need() {
  for name in "$@"; do
    eval "value=\${$name:-}"
    [ -n "$value" ] || fail "$name is not set; expected in chx.conf or in the environment"
  done
}

# What a key is for follows from the key alone.
algorithm() { # KEY [-pubin]
  case $(openssl pkey -in "$1" ${2:+"$2"} -noout -text 2>/dev/null) in
    *ED25519*) echo ed25519 ;;
    *"ASN1 OID: SM2"*) echo sm2-sm3 ;;
    *"ASN1 OID: prime256v1"*) echo ecdsa-p256-sha256 ;;
    *) fail "$1 is no key of sm2, ed25519 or p256" ;;
  esac
}

# RFC 9421 has ECDSA as two numbers of 32 bytes side by side; openssl signs and verifies a sequence of them in DER.
plain() { # DER; the 64 bytes
  numbers=$(openssl asn1parse -inform DER -in "$1" | sed -n "s/.*INTEGER *:\([0-9A-F]*\)\$/$(printf '%064d' 0)\1/p" |
    sed 's/.*\(.\{64\}\)$/\1/' | tr -d '\n')
  printf 'asn1=FORMAT:HEX,OCTETSTRING:%s\n' "$numbers" >"$1.cnf"
  openssl asn1parse -genconf "$1.cnf" -noout -out "$1.plain"
  tail -c 64 "$1.plain"
  rm -f "$1.cnf" "$1.plain"
}

der() { # FILE; FILE.der, when FILE is 64 bytes
  numbers=$(od -An -v -tx1 "$1" | tr -d ' \n')
  [ ${#numbers} -eq 128 ] || return 1
  printf 'asn1=SEQUENCE:pair\n[pair]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' \
    "$(printf '%s' "$numbers" | cut -c1-64)" "$(printf '%s' "$numbers" | cut -c65-128)" >"$1.cnf"
  openssl asn1parse -genconf "$1.cnf" -noout -out "$1.der"
  rm -f "$1.cnf"
}

# Of our own key, which openssl is asked about once.
own_algorithm() {
  [ -n "${own:-}" ] || own=$(algorithm "$CHX_SIGN")
}

sign() { # FILE; the signature's bytes
  own_algorithm
  case $own in
    sm2-sm3) openssl dgst -sm3 -sign "$CHX_SIGN" ${CHX_DISTID:+-sigopt "distid:$CHX_DISTID"} "$1" ;;
    ed25519) openssl pkeyutl -sign -inkey "$CHX_SIGN" -rawin -in "$1" ;;
    ecdsa-p256-sha256)
      openssl dgst -sha256 -sign "$CHX_SIGN" -out "$1.der" "$1"
      plain "$1.der"
      rm -f "$1.der"
      ;;
  esac
}

verify() { # PUBLIC-KEY SIGNATURE FILE
  if [ "$1" != "${asked:-}" ]; then
    asked=
    asked_algorithm=$(algorithm "$1" -pubin) || return 1
    asked=$1
  fi
  case $asked_algorithm in
    sm2-sm3) openssl dgst -sm3 -verify "$1" -sigopt distid:1234567812345678 -signature "$2" "$3" ;;
    ed25519) openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in "$3" -sigfile "$2" ;;
    ecdsa-p256-sha256)
      der "$2" && openssl dgst -sha256 -verify "$1" -signature "$2.der" "$3"
      set -- $? "$2"
      rm -f "$2.der"
      return "$1"
      ;;
  esac >/dev/null 2>&1
}

digest() { # FILE [sm3]; as Content-Digest has it
  case ${2:-} in
    sm3) printf 'sm3=:%s:' "$(openssl dgst -sm3 -binary "$1" | openssl base64 -A)" ;;
    *) printf 'sha-256=:%s:' "$(openssl dgst -sha256 -binary "$1" | openssl base64 -A)" ;;
  esac
}

# The first text of this name; messages and receipts have theirs before any document that may use the name again.
text() { # NAME FILE
  tr ',{}' '\n\n\n' <"$2" | sed -n "/^[[:space:]]*\"$1\"[[:space:]]*:[[:space:]]*\"\\([^\"]*\\)\"[[:space:]]*\$/{s//\\1/p;q;}"
}

field() { # NAME HEAD; empty where there is none
  awk -v name="$1:" '
    index(tolower($0), name) == 1 {
      gsub(/\r/, "")
      sub(/^[^:]*:[ \t]*/, "")
      sub(/[ \t]*$/, "")
      print
    }' "$2"
}

# The signature base (RFC 9421, 2.5), from the lines of a request or an answer: a first line "POST URL" or a status, then fields.
base() { # HEAD
  awk '
    { gsub(/\r/, "") }
    NR == 1 { first = $0 }
    {
      name = tolower(substr($0, 1, index($0, ":") - 1))
      value = substr($0, index($0, ":") + 1)
      gsub(/^[ \t]+|[ \t]+$/, "", value)
      if (name in fields) value = fields[name] "\n" value
      fields[name] = value
    }
    END {
      params = fields["signature-input"]
      sub(/^sig1=/, "", params)
      covered = params
      sub(/^\(/, "", covered)
      sub(/\).*/, "", covered)
      gsub(/"/, "", covered)
      count = split(covered, components, " ")
      for (i = 1; i <= count; i++) {
        value = fields[components[i]]
        if (components[i] == "@method") value = substr(first, 1, index(first, " ") - 1)
        if (components[i] == "@target-uri") value = substr(first, index(first, " ") + 1)
        if (components[i] == "@status") value = first
        printf "\"%s\": %s\n", components[i], value
      }
      printf "\"@signature-params\": %s", params
    }' "$1"
}

signature() { # HEAD; the signature's bytes
  field signature "$1" | sed 's/^sig1=://; s/:$//' | openssl base64 -d -A
}

# Makes a request's lines in DIRECTORY/request.N, with what was signed and the signature beside it.
request() { # DIRECTORY N METHOD URL [BODY ID]
  printf '%s %s\n' "$3" "$4" >"$1/request.$2"
  if [ $# -gt 4 ]; then
    printf 'Content-Type: %s\nContent-Digest: %s\nIdempotency-Key: "%s"\n' "$MEDIA_TYPE" "$(digest "$5")" "$6" >>"$1/request.$2"
    signed "$1/request.$2" "content-type content-digest idempotency-key" ""
  else
    signed "$1/request.$2" "" "$(openssl rand -hex 16)"
  fi
}

# The same for a part of an attachment.
part_request() { # DIRECTORY N URL PART OFFSET LENGTH
  printf 'PATCH %s\nContent-Digest: %s\nUpload-Offset: %s\nUpload-Length: %s\n' "$3" "$(digest "$4")" "$5" "$6" >"$1/request.$2"
  signed "$1/request.$2" "content-digest upload-offset upload-length" "$(openssl rand -hex 16)"
}

# Adds the signature to a request's lines.
signed() { # REQUEST FIELDS NONCE
  covered='"@method" "@target-uri"'
  for component in $2; do
    covered="$covered \"$component\""
  done
  own_algorithm
  printf 'Signature-Input: sig1=(%s);created=%s%s;keyid="%s";alg="%s";tag="chx/1"\n' \
    "$covered" "${created:-$(date +%s)}" "${3:+;nonce=\"$3\"}" "$CHX_KEYID" "$own" >>"$1"
  base "$1" >"$1.base"
  sign "$1.base" >"$1.sig"
  printf 'Signature: sig1=:%s:\n' "$(openssl base64 -A -in "$1.sig")" >>"$1"
}

# Sends the lines of DIRECTORY/request.N; the answer is in DIRECTORY/answer and answer.json, its status in $status.
call() { # DIRECTORY N [BODY]
  exchange "$1" "$2" "$CHX_TIMEOUT" --header Expect: ${3:+--data-binary "@$3"}
}

# The same with a part, which is not for memory: the hub is asked before it is sent.
call_part() { # DIRECTORY N PART
  exchange "$1" "$2" "$CHX_PART_TIMEOUT" --speed-limit 1 --speed-time 120 --upload-file "$3"
}

exchange() { # DIRECTORY N SECONDS OPTIONS...
  into=$1
  lines=$1/request.$2
  seconds=$3
  shift 3
  read -r method target <"$lines"
  case $method in
    HEAD) set -- --head "$@" ;;
    *) set -- --request "$method" "$@" ;;
  esac
  sed -n '2,$p' "$lines" >"$into/fields"
  status=$(
    curl -sS --connect-timeout 5 --max-time "$seconds" --retry 0 --cert "$CHX_CERT" --key "$CHX_KEY" --cacert "$CHX_CA" \
      --header "@$into/fields" "$@" --dump-header "$into/head" --output "$into/answer.json" --write-out '%{http_code}' \
      "$target"
  ) || again "no answer: nobody knows what became of it"
  {
    echo "$status"
    tr -d '\r' <"$into/head" | sed '/^HTTP.* 100/,/^$/d; /^HTTP/d'
  } >"$into/answer"
}

# An answer counts when it covers what it must, by a key of the hub's, and its body is the one that was signed.
verify_answer() { # ANSWER BODY
  verify_fields "$1" "content-type content-digest"
  [ "$(field content-digest "$1")" = "$(digest "$2")" ] || fail "$2 is not what the hub signed: it has another digest"
}

verify_fields() { # ANSWER FIELDS
  covered='"@status"'
  for component in $2; do
    covered="$covered \"$component\""
  done
  input=$(field signature-input "$1")
  case $input in
    "sig1=($covered);"*'tag="chx/1"'*) ;;
    *) fail "the answer is not signed as it must be" ;;
  esac
  keyid=$(printf '%s' "$input" | sed -n 's/.*;keyid="\([A-Za-z0-9._-]*\)".*/\1/p')
  [ -f "$CHX_HUB_KEYS/$keyid.pub" ] || fail "the answer is signed by the key $keyid, which is not in $CHX_HUB_KEYS"
  base "$1" >"$1.base"
  signature "$1" >"$1.sig"
  verify "$CHX_HUB_KEYS/$keyid.pub" "$1.sig" "$1.base" || fail "the hub's signature over $1 is wrong"
}

# Ends the program when the answer is no success.
refusal() { # DIRECTORY
  case $status in
    2*) return ;;
  esac
  problem=$(text type "$1/answer.json")
  title=$(sed -n 's/.*"title":"\([^"]*\)".*/\1/p' "$1/answer.json")
  cat "$1/answer.json" >&2
  echo >&2
  case $status in
    409 | 429 | 5*) again "$status ${problem##*:}: $title" ;;
    *) fail "$status ${problem##*:}: $title" ;;
  esac
}

temporary() {
  [ -z "${work:-}" ] || return 0
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
}

keygen() {
  name=${2:-sign}
  [ ! -e "$name.key" ] || fail "$name.key is there already"
  case ${1:-} in
    sm2) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out "$name.key" ;;
    ed25519) openssl genpkey -algorithm ed25519 -out "$name.key" ;;
    p256) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key" ;;
    *) fail "keygen sm2, keygen ed25519 or keygen p256" ;;
  esac
  openssl pkey -in "$name.key" -pubout -out "$name.pub"
  chmod a+r "$name.pub"
  echo "$name.key stays here; $name.pub goes to the hub's people"
}

csr() {
  [ -n "${1:-}" ] || fail "csr COMMON-NAME"
  [ ! -e tls.key ] || fail "tls.key is there already"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout tls.key -out tls.csr 2>/dev/null
  echo "tls.key stays here; tls.csr goes to the authority that the hub trusts, which makes tls.crt of it"
}

get() {
  need CHX_BASE CHX_KEYID
  temporary
  request "$work" 1 GET "$CHX_BASE/$1"
  call "$work" 1
  refusal "$work"
}

trust() {
  get keys
  mkdir -p "$CHX_HUB_KEYS"
  tr ',{}' '\n\n\n' <"$work/answer.json" | sed -n -e 's/^"keyid":"\(.*\)"$/keyid \1/p' -e 's/^"publicKey":"\(.*\)"$/key \1/p' |
    while read -r kind value; do
      case $kind in
        keyid) keyid=$(printf '%s' "$value" | tr -dc 'A-Za-z0-9._-') ;;
        key)
          file=$CHX_HUB_KEYS/$keyid.pub
          printf '%b' "$value" >"$work/key"
          [ ! -f "$file" ] || cmp -s "$work/key" "$file" || fail "the hub now has another key $keyid than $file: ask its people"
          cp "$work/key" "$file"
          echo "$keyid $(openssl pkey -pubin -in "$file" -outform DER | openssl dgst -sha256 | sed 's/.*= //')"
          ;;
      esac
    done
  verify_answer "$work/answer" "$work/answer.json"
}

envelope() {
  need CHX_PARTY
  [ $# -ge 4 ] || fail "envelope TYPE CASE TO FILE [SEQ]"
  printf '{"specversion":"1.0","id":"%s","source":"%s","type":"%s","subject":"case/%s","time":"%s",' \
    "$(openssl rand -hex 16)" "$CHX_PARTY" "$1" "$2" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  printf '"datacontenttype":"application/json","chxto":"%s",%s"data":' "$3" "${5:+\"chxseq\":$5,}"
  cat "$4"
  printf '}'
}

attempts() { # DIRECTORY; how many there were
  set -- "$1"/request.*.sig
  [ -e "$1" ] && echo $# || echo 0
}

send() {
  [ -f "${1:-}" ] || fail "send FILE"
  id=$(text id "$1")
  printf '%s' "$id" | grep -Eqx '[A-Za-z0-9-]{16,64}' || fail "$1 has no id of 16 to 64 letters, digits and hyphens"
  if [ -d "$CHX_SENT/$id" ]; then
    cmp -s "$1" "$CHX_SENT/$id/body" || fail "another body was sent under the id $id: a message that changes needs an id of its own"
  fi
  mkdir -p "$CHX_SENT/$id"
  [ -f "$CHX_SENT/$id/body" ] || cp "$1" "$CHX_SENT/$id/body"
  resend "$id"
}

resend() {
  need CHX_BASE CHX_KEYID
  at=$CHX_SENT/${1:-}
  [ -f "$at/body" ] || fail "$at holds no message"
  n=$(($(attempts "$at") + 1))
  request "$at" "$n" POST "$CHX_BASE/messages" "$at/body" "$1"
  call "$at" "$n" "$at/body"
  refusal "$at"
  verify_answer "$at/answer" "$at/answer.json"
  if [ -f "$at/receipt.json" ]; then
    cmp -s "$at/answer.json" "$at/receipt.json" || fail "the hub gave another receipt for $1 than before"
  else
    cp "$at/answer" "$at/receipt"
    cp "$at/answer.json" "$at/receipt.json"
  fi
  verify_receipt "$1"
}

verify_receipt() {
  at=$CHX_SENT/${1:-}
  [ -f "$at/receipt.json" ] || fail "$at holds no receipt"
  verify_answer "$at/receipt" "$at/receipt.json"
  [ "$(text messageId "$at/receipt.json")" = "$1" ] || fail "the receipt is for another message"
  [ "$(text contentDigest "$at/receipt.json")" = "$(digest "$at/body")" ] || fail "the receipt is for another body"
  said=$(text signatureDigest "$at/receipt.json")
  for sig in "$at"/request.*.sig; do
    if [ "$(digest "$sig")" = "$said" ]; then
      echo "$1 accepted $(text acceptedAt "$at/receipt.json") as case $(text caseNo "$at/receipt.json"); the receipt is right"
      return
    fi
  done
  fail "the receipt is for a signature that was not made here"
}

# In parts of 64 MiB: each is signed by itself, and what the hub has of a broken one it tells by HEAD, in pieces of 64 KiB.
attach() { # FILE [sm3]
  need CHX_BASE CHX_KEYID
  [ -f "${1:-}" ] || fail "attach FILE"
  temporary
  algorithm=${2:-sha256}
  case $algorithm in
    sha256 | sm3) ;;
    *) fail "attach FILE, or attach FILE sm3" ;;
  esac
  size=$(($(wc -c <"$1")))
  name=$algorithm:$(openssl dgst "-$algorithm" "$1" | sed 's/.*= *//')
  whole=$(digest "$1" "$algorithm")
  request "$work" 1 HEAD "$CHX_BASE/attachments/$name"
  call "$work" 1
  offset=0
  complete='?0'
  if [ "$status" != 404 ]; then
    refusal "$work"
    uploaded
  fi
  while [ "$complete" != '?1' ]; do
    dd if="$1" of="$work/part" bs=65536 skip=$((offset / 65536)) count=1024 2>/dev/null
    part_request "$work" 2 "$CHX_BASE/attachments/$name" "$work/part" "$offset" "$size"
    call_part "$work" 2 "$work/part"
    refusal "$work"
    before=$offset
    uploaded
    [ "$complete" = '?1' ] || [ "$offset" -gt "$before" ] || again "the hub took nothing of a part"
  done
  printf '{"digest":"%s","size":%s}\n' "$name" "$size"
}

# What the hub signed of how much it has.
uploaded() {
  verify_fields "$work/answer" "repr-digest upload-offset upload-length upload-complete"
  [ "$(field repr-digest "$work/answer")" = "$whole" ] || fail "the hub speaks of another attachment"
  offset=$(field upload-offset "$work/answer")
  complete=$(field upload-complete "$work/answer")
}

echo_() {
  need CHX_BASE CHX_KEYID
  temporary
  printf '{}' >"$work/body"
  request "$work" 1 POST "$CHX_BASE/echo" "$work/body" "$(openssl rand -hex 16)"
  call "$work" 1 "$work/body"
  theirs=$(sed -n 's/.*"signatureBase":"\(.*\)"}$/\1/p' "$work/answer.json")
  if [ "$status" = 401 ] && [ -n "$theirs" ]; then
    printf '%b' "$(printf '%s' "$theirs" | sed 's/\\"/"/g')" >"$work/theirs"
    if diff "$work/request.1.base" "$work/theirs" >&2; then
      echo "chx: the hub computed the very same signature base, so the key or the way of signing is another" >&2
    fi
  fi
  refusal "$work"
  verify_answer "$work/answer" "$work/answer.json"
  echo "the hub takes this for signed, by the key $(text keyid "$work/answer.json"):"
  cat "$work/request.1.base"
  echo
}

# A message is kept before anything is signed for it.
pull() { # [SECONDS]
  get "inbox?max=20&wait=${1:-0}"
  verify_answer "$work/answer" "$work/answer.json"
  lease=$(text lease "$work/answer.json")
  mkdir -p "$CHX_INBOX"
  tr ',{}' '\n\n\n' <"$work/answer.json" | sed -n 's/^"messageId":"\([0-9a-f-]*\)"$/\1/p' >"$work/ids"
  while read -r id; do
    get "inbox/$id"
    verify_answer "$work/answer" "$work/answer.json"
    [ "$(text id "$work/answer.json")" = "$id" ] || fail "the message $id has another id inside"
    cp "$work/answer.json" "$CHX_INBOX/$id.new"
    cp "$work/answer" "$CHX_INBOX/$id.head"
    printf '%s' "$lease" >"$CHX_INBOX/$id.lease"
    tr ',{}' '\n\n\n' <"$CHX_INBOX/$id.new" | sed -n -e 's/^"digest":"\(sha256:[0-9a-f]*\)"$/\1/p' -e 's/^"digest":"\(sm3:[0-9a-f]*\)"$/\1/p' |
      sort -u >"$work/named"
    while read -r name; do
      fetch "$id" "$name"
    done <"$work/named"
    mv "$CHX_INBOX/$id.new" "$CHX_INBOX/$id.json"
    echo "$id $(text type "$CHX_INBOX/$id.json") $(text subject "$CHX_INBOX/$id.json")"
  done <"$work/ids"
}

# A paper that a message names, by ranges of 64 MiB, from where an earlier time ended; its digest shows whether it is right.
fetch() { # ID ADDRESS
  paper=$CHX_INBOX/attachments/$(printf '%s' "$2" | tr : -)
  [ ! -f "$paper" ] || return 0
  mkdir -p "$CHX_INBOX/attachments"
  : >>"$paper.part"
  total=-1
  while offset=$(($(wc -c <"$paper.part"))) && [ "$offset" != "$total" ]; do
    request "$work" 3 GET "$CHX_BASE/inbox/$1/attachments/$2"
    exchange "$work" 3 "$CHX_PART_TIMEOUT" --range "$offset-$((offset + 67108863))"
    [ "$status" != 416 ] || break
    refusal "$work"
    verify_fields "$work/answer" "content-type content-range repr-digest"
    total=$(field content-range "$work/answer")
    total=${total##*/}
    cat "$work/answer.json" >>"$paper.part"
  done
  if [ "${2%%:*}:$(openssl dgst "-${2%%:*}" "$paper.part" | sed 's/.*= *//')" != "$2" ]; then
    rm "$paper.part"
    fail "what came is not $2"
  fi
  mv "$paper.part" "$paper"
}

# What we sign of a fetched message; again as often as it takes.
settle() { # receipt|reject ID KIND [PROBLEM]
  need CHX_BASE CHX_KEYID
  temporary
  message=$CHX_INBOX/$2.json
  [ -f "$message" ] || fail "$message is not there"
  said=$CHX_INBOX/$2.$1
  [ -f "$said" ] || printf '{"kind":"%s","messageId":"%s","contentDigest":"%s"%s,"acceptedAt":"%s"}' \
    "$3" "$2" "$(digest "$message")" "${4:+,\"problem\":\"$4\"}" "$(TZ=CST-8 date +%Y-%m-%dT%H:%M:%S+08:00)" >"$said"
  cp "$said" "$work/body"
  MEDIA_TYPE=application/json
  request "$work" 1 POST "$CHX_BASE/inbox/$2/$1?lease=$(cat "$CHX_INBOX/$2.lease")" "$work/body" "$(openssl rand -hex 16)"
  call "$work" 1 "$work/body"
  [ "$status" != 409 ] || fail "the lease was over, but what we said is kept"
  refusal "$work"
  verify_answer "$work/answer" "$work/answer.json"
  echo "$2 $3"
}

# One line for each step: its text members, each as NAME=VALUE, with LF in the signature base still written \n.
steps() { # JSON
  { cat "$1" && echo; } | sed 's/},{/}\
{/g' | sed -n 's/.*{\("seq":.*\)/\1/p' | sed 's/\\"/\\042/g; s/}.*//'
}

# A text member of such a line; empty where there is none.
member() { # NAME LINE; leaves it in $member
  case $2 in
    *"\"$1\":\""*)
      member=${2##*"\"$1\":\""}
      member=${member%%\"*}
      ;;
    *) member= ;;
  esac
}

# What is signed of a step, its signature and itself, as files.
unpack() { # LINE
  member evidence "$1"
  printf '%s' "$member" | openssl base64 -d -A >"$work/evidence"
  member signature "$1"
  printf '%s' "$member" | openssl base64 -d -A >"$work/signature"
  member signatureBase "$1"
  signed=$member
  if [ -n "$signed" ]; then
    printf '%b' "$signed" >"$work/signed"
    [ "$(field '"content-digest"' "$work/signed")" = "$(digest "$work/evidence")" ] || fail "a step is not the one that was signed"
  else
    cp "$work/evidence" "$work/signed"
  fi
}

evidence() { # ID
  get "messages/$1"
  verify_answer "$work/answer" "$work/answer.json"
  steps "$work/answer.json" >"$work/steps"
  [ -s "$work/steps" ] || fail "there is no evidence of $1"
  while IFS= read -r step; do
    unpack "$step"
    member keyid "$step"
    keyid=$member
    case $keyid in
      *[!A-Za-z0-9._-]*) fail "a step is by no key of the hub's" ;;
    esac
    [ "$(text messageId "$work/evidence")" = "$1" ] || fail "a step is about another message"
    verify "$CHX_HUB_KEYS/$keyid.pub" "$work/signature" "$work/signed" || fail "the signature over a step is wrong"
    if [ -d "$CHX_SENT/$1" ]; then
      [ "$(text contentDigest "$work/evidence")" = "$(digest "$CHX_SENT/$1/body")" ] || fail "a step is about another body"
      name=$(text kind "$work/evidence")-$(text receiver "$work/evidence")
      cp "$work/evidence" "$CHX_SENT/$1/${name%-}.json"
      cp "$work/signature" "$CHX_SENT/$1/${name%-}.sig"
    fi
    echo "$(text kind "$work/evidence") $(text receiver "$work/evidence") by $keyid: right"
  done <"$work/steps"
}

fetch_chain() {
  : >chain.new
  seq=0
  while :; do
    get "evidence?after=$seq"
    verify_answer "$work/answer" "$work/answer.json"
    steps "$work/answer.json" >"$work/steps"
    [ -s "$work/steps" ] || break
    sed 's/.*"evidence":"\([^"]*\)".*"hash":"\([^"]*\)".*/\2 \1/' "$work/steps" >>chain.new
    seq=$(sed -n '$s/^"seq":\([0-9]*\),.*/\1/p' "$work/steps")
  done
  known=0
  if [ -s chain ]; then
    known=$(($(wc -l <chain)))
    head -n "$known" chain.new | cmp -s - chain || fail "chain.new is not what chain was the beginning of"
  fi
  verify_chain chain.new "" "$known"
  mv chain.new chain
}

# A step's hash is SM3 of the hash before it in hexadecimal digits, a line feed and the step.
verify_chain() { # FILE [PREV [LINES]]; so many lines of it were verified before
  [ -f "${1:-}" ] || fail "verify-chain FILE"
  temporary
  tail -n "+$((${3:-0} + 1))" "$1" >"$work/unverified"
  prev=
  [ "${3:-0}" -eq 0 ] || prev=$(sed -n "$3s/ .*//p" "$1")
  prev=${prev:-${2:-$(printf '%064d' 0)}}
  chain "$work/unverified" "$prev" "${3:-0}" || fail "$1 is broken at line $line"
  echo "$1 holds; $line lines, head $prev"
}

chain() { # FILE PREV [LINES-BEFORE]; leaves the number of the last line in $line
  prev=$2
  line=${3:-0}
  while read -r hash step; do
    line=$((line + 1))
    printf '%s\n' "$prev" >"$work/step"
    printf '%s' "$step" | openssl base64 -d -A >>"$work/step"
    said=$(openssl dgst -sm3 -r "$work/step")
    [ "${said%% *}" = "$hash" ] || return 1
    prev=$hash
  done <"$1"
}

package() { # CASE
  get "evidence/${1:?CASE}"
  verify_answer "$work/answer" "$work/answer.json"
  cp "$work/answer.json" "$1.evidence.tar"
  verify_evidence "$1.evidence.tar"
}

verify_evidence() { # FILE
  [ -f "${1:-}" ] || fail "verify-evidence FILE"
  temporary
  # Nothing in it may lead out of the directory that it is unpacked in.
  tar -tf "$1" >"$work/names"
  ! grep -Ev '^(README|keys/(hub|region)/[A-Za-z0-9._-]+|(received|sent)/[A-Za-z0-9-]+/([0-9]+/)?[a-z.]+|stamps/((received|sent)-[0-9]+/(stamped|answer)|authorities\.pem))$' "$work/names" >&2 ||
    fail "$1 holds files that belong into no package"
  mkdir "$work/package"
  tar -xf "$1" -C "$work/package"
  for key in "$work"/package/keys/hub/*; do
    known=$CHX_HUB_KEYS/${key##*/}
    [ ! -f "$known" ] || cmp -s "$key" "$known" || fail "the hub's key ${key##*/} is another one than $known"
  done
  for message in "$work"/package/received/* "$work"/package/sent/*; do
    [ ! -d "$message" ] || verify_message "$message"
  done
  echo "$1 is right; it is signed by these keys (SHA-256):"
  for key in "$work"/package/keys/*/*; do
    echo "${key#"$work"/package/} $(openssl pkey -pubin -in "$key" -outform DER | openssl dgst -sha256 | sed 's/.*= *//')"
  done
  authorities=$work/package/stamps/authorities.pem
  if [ -f "$authorities" ] && [ -z "${CHX_TSA:-}" ]; then
    echo "stamps/authorities.pem $(openssl dgst -sha256 "$authorities" | sed 's/.*= *//')"
  fi
}

# What was signed in a directory of a package, by the key that lies in it; messages say what failed.
verify_signed() { # DIRECTORY CONTENT
  signed=$1/$2
  if [ -f "$1/base" ]; then
    signed=$1/base
    said=$(field '"content-digest"' "$signed")
    [ -f "$1/erased" ] && [ "$2" = body ] || { [ -n "$said" ] && [ "$said" = "$(digest "$1/$2" "${said%%=*}")" ]; } ||
      fail "$1: another $2 was signed"
  fi
  grep -Fqx -- "$(cat "$1/key")" "$work/names" || fail "$1: $(cat "$1/key") is not there"
  file=$work/package/$(cat "$1/key")
  verify "$file" "$1/signature" "$signed" || fail "$1: the signature is wrong"
}

verify_message() { # DIRECTORY
  id=${1##*/}
  # What was erased by rule has left the digest that was signed, and nothing else to compare.
  if [ -f "$1/erased" ]; then
    [ ! -f "$1/body" ] || fail "$1: a body lies beside the word that it is erased"
    echo "$id $(cat "$1/erased")"
  fi
  [ -f "$1/erased" ] || [ "$(text id "$1/body")" = "$id" ] || fail "$1: the message has another id inside"
  if [ -f "$1/signature" ]; then
    verify_signed "$1" body
    echo "$id sent by the region, by $(cat "$1/key"): right"
  fi
  for step in $(ls "$1" | grep -E '^[0-9]+$' | sort -n); do
    at=$1/$step
    verify_signed "$at" evidence
    [ "$(text messageId "$at/evidence")" = "$id" ] || fail "$at: the step is about another message"
    [ -f "$1/erased" ] || [ "$(text contentDigest "$at/evidence")" = "$(digest "$1/body")" ] ||
      fail "$at: the step is about another body"
    { cat "$at/prev" && echo && cat "$at/evidence"; } >"$work/step"
    [ "$(openssl dgst -sm3 "$work/step" | sed 's/.*= *//')" = "$(cat "$at/hash")" ] || fail "$at: the step does not fit its hash"
    case $at in
      */received/*)
        line=$([ ! -f chain ] || sed -n "${step}s/ .*//p" chain)
        [ -z "$line" ] || [ "$line" = "$(cat "$at/hash")" ] || fail "$at: the file chain holds another line $step"
        ;;
    esac
    stamped=
    [ ! -f "$at/stamp" ] || verify_stamp "$at"
    echo "$id $(text kind "$at/evidence") $(text receiver "$at/evidence") line $step, by $(cat "$at/key"): right${stamped:+, stamped $stamped}"
  done
}

# A step's hash leads up a tree of hashes to the one that a time-stamp authority has stamped; leaves when in $stamped.
verify_stamp() { # DIRECTORY
  name=$(cat "$1/stamp")
  printf '%s' "$name" | grep -Eqx '(received|sent)-[0-9]+' || fail "$1: it names no time-stamp"
  hash=$(cat "$1/hash")
  while read -r side other; do
    case $side in
      left) hash=$(printf 'node\n%s\n%s' "$other" "$hash" | openssl dgst -sm3 | sed 's/.*= *//') ;;
      right) hash=$(printf 'node\n%s\n%s' "$hash" "$other" | openssl dgst -sm3 | sed 's/.*= *//') ;;
      *) fail "$1: the way to its time-stamp is none" ;;
    esac
  done <"$1/path"
  stamp=$work/package/stamps/$name
  [ "$(text root "$stamp/stamped")" = "$hash" ] || fail "$1: the time-stamp $name is about something else"
  [ -f "$stamp/when" ] || verify_token "$stamp"
  stamped=$(cat "$stamp/when")
}

# The authority's certificate counts as of then: it may be long over.
verify_token() { # DIRECTORY
  when=$(openssl ts -reply -in "$1/answer" -text 2>/dev/null | sed -n 's/^Time stamp: //p')
  plain=$(printf '%s' "$when" | sed 's/\.[0-9]*//')
  seconds=$(date -u -d "$plain" +%s 2>/dev/null || date -u -j -f '%b %d %T %Y %Z' "$plain" +%s 2>/dev/null || :)
  openssl ts -verify -data "$1/stamped" -in "$1/answer" -CAfile "${CHX_TSA:-$work/package/stamps/authorities.pem}" \
    ${seconds:+-attime "$seconds"} >/dev/null 2>&1 || fail "$1: the time-stamp is not by a known authority, or about something else"
  echo "$when" >"$1/when"
}

# A side of a day as the hub lists it, a line "ID DIGEST" for each message, sorted by bytes; their states in a file beside.
manifest_list() { # DAY sent|accepted
  place=
  : >"$at/entries"
  while :; do
    get "manifest/$1/$2?max=1000${place:+&after=$place}"
    verify_answer "$work/answer" "$work/answer.json"
    { cat "$work/answer.json" && echo; } | sed 's/},{/}\
{/g' | grep '"messageId"' >>"$at/entries" || :
    place=$(text next "$work/answer.json" | tr -dc 'A-Za-z0-9-')
    [ -n "$place" ] || break
  done
  sed -n 's/.*"messageId":"\([A-Za-z0-9-]*\)","contentDigest":"\([^"]*\)".*/\1 \2/p' "$at/entries" | LC_ALL=C sort >"$at/$2"
  sed -n 's/.*"messageId":"\([A-Za-z0-9-]*\)".*"state":"\([A-Z_]*\)".*/\1 \2/p' "$at/entries" | LC_ALL=C sort >"$at/$2-states"
  rm "$at/entries"
  said=$(sed -n "s/.*\"$2\":{\"count\":[0-9]*,\"digest\":\"\([^\"]*\)\"}.*/\1/p" "$at/manifest.json")
  [ "$said" = "$(digest "$at/$2")" ] || echo "the list of what the hub $2 is another now than in its manifest"
}

# What we have a word for of this day: receipts of the hub's, or our own.
own_list() { # DAY RECEIPT...
  day=$1
  shift
  for receipt in "$@"; do
    [ -f "$receipt" ] || continue
    case $(text acceptedAt "$receipt") in
      "$day"T*) echo "$(text messageId "$receipt") $(text contentDigest "$receipt")" ;;
    esac
  done | LC_ALL=C sort
}

manifest_diff() { # DAY
  get "manifest/${1:?DAY}"
  verify_answer "$work/answer" "$work/answer.json"
  at=manifests/$1
  mkdir -p "$at"
  cp "$work/answer" "$at/manifest"
  cp "$work/answer.json" "$at/manifest.json"
  manifest_list "$1" accepted
  manifest_list "$1" sent
  own_list "$1" "$CHX_SENT"/*/receipt.json >"$at/our-sent"
  own_list "$1" "$CHX_INBOX"/*.receipt >"$at/our-accepted"
  {
    LC_ALL=C comm -23 "$at/our-sent" "$at/accepted" | sed 's/ .*/: we have the receipt, and the hub does not list it so as accepted/'
    LC_ALL=C comm -13 "$at/our-sent" "$at/accepted" | sed 's/ .*/: the hub lists it so as accepted, and we have no such receipt/'
    LC_ALL=C comm -23 "$at/our-accepted" "$at/sent" | sed 's/ .*/: we have signed for it, and the hub does not list it so as sent/'
    LC_ALL=C comm -13 "$at/our-accepted" "$at/sent" | sed 's/ .*/: the hub lists it so as sent, and we have not signed for it/'
    manifest_chain
    chain_states >"$at/our-states"
    LC_ALL=C comm -23 "$at/accepted-states" "$at/our-states" | sed 's/\(.*\) \(.*\)/\1: the hub says \2 of it, and its chain has no such step/'
  } >"$at/differences"
  cat "$at/differences"
  countersign "$1"
  [ ! -s "$at/differences" ] || fail "$(($(wc -l <"$at/differences"))) difference(s); countersigned as such"
  echo "$1 agrees, and is countersigned"
}

# The line of the chain that the manifest anchors, as it came to us.
manifest_chain() {
  seq=$(sed -n 's/.*"chain":{"seq":\([0-9]*\),"hash":"\([0-9a-f]*\)"}.*/\1/p' "$at/manifest.json")
  hash=$(sed -n 's/.*"chain":{"seq":\([0-9]*\),"hash":"\([0-9a-f]*\)"}.*/\2/p' "$at/manifest.json")
  [ -n "$hash" ] || fail "the manifest says nothing of the chain"
  (fetch_chain) >&2 || echo "chain: it is not what it was the beginning of"
  [ "$seq" -gt 0 ] || return 0
  line=$([ ! -f chain ] || sed -n "${seq}s/ .*//p" chain)
  [ "$line" = "$hash" ] || echo "chain: line $seq is another one than the manifest says"
}

# How far each message has come by what the hub has signed: a line "ID KIND" for each step of the chain.
chain_states() {
  [ -f chain ] || return 0
  sed 's/.* //' chain | decoded | sed -n 's/.*"kind":"\([A-Z_]*\)","messageId":"\([A-Za-z0-9-]*\)".*/\2 \1/p' | LC_ALL=C sort -u
}

# Each line of base64 as the text that it stands for. A program for each of a chain of thousands would take minutes.
decoded() {
  LC_ALL=C awk '
    BEGIN {
      digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
      for (i = 0; i < 64; i++) digit[substr(digits, i + 1, 1)] = i
      for (i = 1; i < 256; i++) character[i] = sprintf("%c", i)
    }
    {
      sub(/=*$/, "")
      bits = value = 0
      for (i = 1; i <= length($0); i++) {
        value = value * 64 + digit[substr($0, i, 1)]
        bits += 6
        if (bits >= 8) {
          bits -= 8
          printf "%s", character[int(value / 2 ^ bits)]
          value = value % 2 ^ bits
        }
      }
      print ""
    }'
}

countersign() { # DAY
  printf '{"kind":"COUNTERSIGNED","day":"%s","manifest":"%s","differences":%d}' \
    "$1" "$(digest "$at/manifest.json")" "$(($(wc -l <"$at/differences")))" >"$at/countersigned.json"
  MEDIA_TYPE=application/json
  request "$at" 1 POST "$CHX_BASE/manifest/$1" "$at/countersigned.json" "$(openssl rand -hex 16)"
  cp "$at/request.1" "$work/request.1"
  call "$work" 1 "$at/countersigned.json"
  refusal "$work"
  verify_answer "$work/answer" "$work/answer.json"
}

# Each case is a directory: request or answer, body, base, the public key that is registered, and the verdict.
vectors() {
  directory=${1:-${CHX_VECTORS:-$(dirname "$0")/vectors}}
  [ -d "$directory" ] || fail "there are no cases in $directory"
  wrong=0
  temporary
  for case in "$directory"/[0-9]*; do
    expected=$(cat "$case/verdict")
    found=$(verdict "$case")
    if [ "$found" = "$expected" ]; then
      echo "ok   ${case##*/}: $found"
    else
      echo "FAIL ${case##*/}: found $found, expected $expected"
      wrong=$((wrong + 1))
    fi
  done
  [ "$wrong" -eq 0 ] || fail "$wrong of the cases came out wrong"
}

# What a hub answers to messages of one case: those about the sender's case and those that tell of the other's are counted apart.
order() { # FILE
  awk '
    NR == 1 { strict = $1 == "strict"; next }
    {
      way = $2 == "status" || $2 == "result"
      if ($1 in known) {
        said = "known"
      } else if ($3 > last[way]) {
        said = strict && $3 > last[way] + 1 ? "gap" : "taken"
      } else {
        said = way && !((way, $3) in numbers) ? "taken" : "sequence-passed"
      }
      if (said == "taken") {
        known[$1] = numbers[way, $3] = 1
        if ($3 > last[way]) last[way] = $3
      }
      printf "%s%s", NR == 2 ? "" : " ", said
    }
    END { print "" }' "$1"
}

verdict() { # CASE
  if [ -f "$1/order" ]; then
    order "$1/order"
    return
  fi
  if [ -f "$1/chain" ]; then
    chain "$1/chain" "$(printf '%064d' 0)" && echo valid || echo "broken at line $line"
    return
  fi
  base "$1/head" >"$work/base"
  signature "$1/head" >"$work/signature"
  said=$(field content-digest "$1/head")
  key=$directory/keys/$(cat "$1/key").pub
  if ! cmp -s "$work/base" "$1/base"; then
    echo another-base
  elif ! verify "$key" "$work/signature" "$work/base"; then
    echo signature-invalid
  elif [ -f "$1/body" ] && [ "$said" != "$(digest "$1/body" "${said%%=*}")" ]; then
    echo digest-mismatch
  else
    echo valid
  fi
}

# A new made-up case: its document, and the message that hands it in as $work/message.
made_up() { # [MATERIALS]
  number=T$(openssl rand -hex 8)
  if [ -n "${CHX_DOCUMENT:-}" ]; then
    cat "$CHX_DOCUMENT"
  else
    printf '{"senderCaseNo":"@CASE@","itemCode":"312000250000","applicationTime":"@TIME@","channel":"2",'
    printf '"applicant":{"type":"1","name":"测试甲","idType":"111","idNumber":"11010519491231002X"}}'
  fi | sed "s/@CASE@/$number/g; s/@TIME@/$(TZ=CST-8 date +%Y%m%dT%H%M%S)/g; s/\"senderCaseNo\"/${1:-}&/" >"$work/document"
  envelope cn.shuniu.case.submitted.v1 "$number" "$(cat "$work/to")" "$work/document" 1 >"$work/message"
  id=$(text id "$work/message")
}

post() {
  request "$work" 1 POST "$CHX_BASE/messages" "$work/message" "$id"
  call "$work" 1 "$work/message"
}

problem() {
  name=$([ ! -f "$work/answer.json" ] || text type "$work/answer.json")
  case $status in
    [45]*) echo "${name##*:}" ;;
  esac
}

expect() { # STATUS [PROBLEM]
  found="$status $(problem)"
  [ "$found" = "$1 ${2:-}" ] || fail "expected $*, found ${found% }"
}

leave_out() { # WHY
  echo "chx: $1" >&2
  exit 3
}

# The cases of conformance. What one of them makes for a later one is in $work; what the hub accepted is in sent/, as ever.
C01() {
  (vectors) >"$work/vectors" 2>&1 || {
    sed -n 's/^FAIL/chx:/p' "$work/vectors" >&2
    fail "not all vectors came out as they must; they belong into a folder vectors beside chx.sh, or into CHX_VECTORS"
  }
}

C02() {
  trust >&2
  text party "$work/answer.json" >"$work/to"
  get health
  verify_answer "$work/answer" "$work/answer.json"
}

C03() {
  status=$(curl -sS --connect-timeout 5 --max-time "$CHX_TIMEOUT" --cacert "$CHX_CA" --output "$work/nothing" \
    --write-out '%{http_code}' "$CHX_BASE/health" 2>/dev/null) || :
  case $status in
    000 | 400 | 401 | 403) ;;
    *) fail "expected that the connection is refused, found an answer, $status" ;;
  esac
}

C04() {
  made_up
  request "$work" 1 POST "$CHX_BASE/messages" "$work/message" "$id"
  sed '/^Signature/d' "$work/request.1" >"$work/request.2"
  call "$work" 2 "$work/message"
  expect 401 signature-invalid
}

C05() {
  made_up
  request "$work" 1 POST "$CHX_BASE/messages" "$work/message" "$id"
  printf '\n' >>"$work/message"
  call "$work" 1 "$work/message"
  expect 400 digest-mismatch
}

C06() {
  made_up
  created=$(($(date +%s) - 86400))
  post
  expect 401 signature-stale
}

C07() {
  made_up
  CHX_KEYID=nobody-$(openssl rand -hex 4)
  post
  expect 401 key-unknown
}

C08() {
  [ "$(algorithm "$CHX_SIGN")" = sm2-sm3 ] || leave_out "our key is none of SM2"
  printf '{}' >"$work/body"
  CHX_DISTID=
  request "$work" 1 POST "$CHX_BASE/echo" "$work/body" "$(openssl rand -hex 16)"
  openssl pkey -in "$CHX_SIGN" -pubout -out "$work/own.pub"
  ! verify "$work/own.pub" "$work/request.1.sig" "$work/request.1.base" || leave_out "this openssl takes the right user id by itself"
  call "$work" 1 "$work/body"
  expect 401 signature-invalid
  grep -q 'distid:1234567812345678' "$work/answer.json" || fail "expected that the answer names the cure, -sigopt distid:1234567812345678"
}

C09() {
  made_up
  send "$work/message" >&2
  expect 202
  echo "$id" >"$work/sent"
}

C10() {
  id=$(sent_before)
  resend "$id" >&2
  expect 200
  [ "$(field idempotent-replayed "$CHX_SENT/$id/answer")" = true ] || fail "expected the field Idempotent-Replayed: true"
}

C11() {
  id=$(sent_before)
  sed 's/"time":"[^"]*"/"time":"2020-01-01T00:00:00Z"/' "$CHX_SENT/$id/body" >"$work/message"
  post
  expect 422 key-reused
}

C12() {
  made_up
  printf '{"supplementTime":"%s","reason":"made up"}' "$(TZ=CST-8 date +%Y%m%dT%H%M%S)" >"$work/document"
  envelope cn.shuniu.case.supplemented.v1 "$number" "$(cat "$work/to")" "$work/document" 2 >"$work/message"
  id=$(text id "$work/message")
  post
  expect 409 gap
  [ -n "$(field retry-after "$work/answer")" ] || fail "expected the field Retry-After"
}

C13() {
  openssl rand -out "$work/paper" 150000
  echo "sha256:$(openssl dgst -sha256 "$work/paper" | sed 's/.*= *//')" >"$work/address"
  made_up "\"materials\":[{\"name\":\"a paper\",\"source\":\"0\",\"attachment\":{\"digest\":\"$(cat "$work/address")\",\"size\":150000}}],"
  cp "$work/message" "$work/naming"
  post
  expect 422 attachment-missing
}

C14() {
  url=$CHX_BASE/attachments/$(cat "$work/address")
  whole=$(digest "$work/paper")
  dd if="$work/paper" of="$work/part" bs=65536 count=1 2>/dev/null
  part_request "$work" 1 "$url" "$work/part" 0 150000
  call_part "$work" 1 "$work/part"
  expect 200
  uploaded
  [ "$offset $complete" = '65536 ?0' ] || fail "expected Upload-Offset 65536 and Upload-Complete ?0, found $offset and $complete"
  part_request "$work" 1 "$url" "$work/part" 131072 150000
  call_part "$work" 1 "$work/part"
  expect 409 offset-mismatch
  [ "$(field upload-offset "$work/answer")" = 65536 ] || fail "expected the field Upload-Offset, which says where to go on"
  attach "$work/paper" >&2
}

C15() {
  request "$work" 1 GET "$CHX_BASE/attachments/$(cat "$work/address")"
  exchange "$work" 1 "$CHX_TIMEOUT" --range 65530-65541
  expect 206
  verify_fields "$work/answer" "content-type content-range repr-digest"
  dd if="$work/paper" of="$work/part" bs=1 skip=65530 count=12 2>/dev/null
  cmp -s "$work/part" "$work/answer.json" || fail "expected bytes 65530 to 65541 of what was uploaded, found others"
}

C16() {
  [ -f "$work/naming" ] || fail "there is no message: C13 did not come to it"
  send "$work/naming" >&2
  expect 202
}

C17() {
  printf 'GET %s\n' "$CHX_BASE/health" >"$work/request.1"
  signed "$work/request.1" "" ""
  call "$work" 1
  expect 401 signature-invalid
}

C18() {
  get health
  call "$work" 1
  expect 401 signature-stale
}

C19() {
  evidence "$(sent_before)" >"$work/steps-said"
  grep -q '^ACCEPTED ' "$work/steps-said" || fail "expected the step ACCEPTED"
}

C20() {
  id=$(sent_before)
  fetch_chain >&2
  grep -Fq " $(openssl base64 -A -in "$CHX_SENT/$id/receipt.json")" chain || fail "expected the receipt of C09 as a line of the chain"
}

sent_before() {
  [ -f "$work/sent" ] || fail "there is no message: C09 did not come to its receipt"
  cat "$work/sent"
}

# Whose it is, by the last answer. What C02 has shown to be in order can't be ours afterwards.
whose() { # NUMBER STATUS [PROBLEM]
  case "$1 $2 ${3:-}" in
    "C01 "*) echo "ours: this kit or its vectors were changed, or openssl is older than 3.0" ;;
    "C02 "*" key-unknown") echo "ours: certificate or key is not the registered one, or CHX_KEYID is not its name" ;;
    "C02 "*" signature-stale") echo "ours: our clock says $(date -u +%Y-%m-%dT%H:%M:%SZ)" ;;
    "C02 "*" signature-invalid") echo "ours, when CHX_BASE is not letter by letter what the profile says; the hub's otherwise, since C01 shows that we sign right" ;;
    *" none "* | *" 000 "*) echo "nobody knows: there was no answer; look at CHX_BASE, at tls.crt and hub-ca.pem, and whether the hub runs" ;;
    *" 403 "*) echo "of both: the profile does not allow it" ;;
    *" 429 "*) echo "ours: more requests than the profile allows in a minute" ;;
    *" schema-invalid" | *" check-failed" | *" receiver-not-connected") echo "ours: the hub has no use for the made-up case; put one that it has into CHX_DOCUMENT" ;;
    *) echo "the hub's" ;;
  esac
}

# Runs one case in a shell of its own, and says what came out; 0 passed, 3 left out, else failed in $result.
try() { # NUMBER WHAT
  rm -f "$work/last"
  set +e
  (
    trap 'echo "$status $(problem)" >"$work/last"' EXIT
    set -e
    status=none
    "$1"
  ) >/dev/null 2>"$work/why"
  result=$?
  set -e
  case $result in
    0) echo "$1 passed    $2" ;;
    3) echo "$1 left out  $2" ;;
    *) echo "$1 FAILED    $2" ;;
  esac
  [ "$result" -ne 0 ] || return 0
  sed -n 's/^chx: \(.*\)/              \1/p; s/^curl: .*/              &/p' "$work/why"
  [ "$result" -eq 3 ] || echo "              fault: $(whose "$1" $(cat "$work/last"))"
}

conformance() {
  need CHX_BASE CHX_PARTY CHX_KEYID
  temporary
  passed=0
  failed=0
  left_out=0
  while read -r number what <&3; do
    try "$number" "$what"
    case $result in
      0) passed=$((passed + 1)) ;;
      3) left_out=$((left_out + 1)) ;;
      *) failed=$((failed + 1)) ;;
    esac
    [ "$number" != C02 ] || [ "$result" -eq 0 ] || fail "the other cases need a hub that answers"
  done 3<<END
C01 the fixed vectors come out as they must, without any hub
C02 who reads is answered, signed by one of the hub's keys
C03 who shows no client certificate is refused
C04 a message without a signature is refused
C05 a body that is not the one of its digest is refused
C06 a signature of yesterday is refused
C07 a key that nobody registered is refused
C08 echo explains an SM2 signature for an empty user id
C09 a good message gets 202 and a signed receipt over its id, digest and signature
C10 the same message again gets 200 and the same receipt, byte for byte
C11 another message under the same id is refused
C12 a message whose predecessor is missing is to come again later
C13 a message that names an attachment which is not there is refused
C14 an upload is taken in parts, tells where it goes on, and ends whole
C15 a range of an attachment is what was uploaded there
C16 the message that was refused for its attachment is taken under the same id
C17 who reads without a nonce is refused
C18 a nonce counts once
C19 the steps of the message are signed, and about that very message
C20 the chain of all steps holds, and the receipt is a line of it
END
  echo "$passed passed, $left_out left out, $failed failed"
  [ "$failed" -eq 0 ]
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  keygen) keygen "$@" ;;
  csr) csr "$@" ;;
  trust) trust ;;
  envelope) envelope "$@" ;;
  echo) echo_ ;;
  attach) attach "$@" ;;
  send) send "$@" ;;
  resend) resend "$@" ;;
  get)
    get "${1:?PATH}"
    verify_answer "$work/answer" "$work/answer.json"
    cat "$work/answer.json"
    echo
    ;;
  verify-receipt) verify_receipt "${1:?ID}" ;;
  pull) pull "$@" ;;
  ack) settle receipt "${1:?ID}" ACCEPTED ;;
  reject) settle reject "${1:?ID}" REJECTED "${2:?PROBLEM}" ;;
  evidence) evidence "${1:?ID}" ;;
  chain) fetch_chain ;;
  verify-chain) verify_chain "$@" ;;
  package) package "$@" ;;
  verify-evidence) verify_evidence "$@" ;;
  manifest-diff) manifest_diff "${1:?DAY}" ;;
  vectors) vectors "$@" ;;
  conformance) conformance ;;
  *)
    sed -n 's/^# \{0,1\}//p' "$0" | sed -n '1,/^It ends/p'
    [ -z "$command" ] || exit 1
    ;;
esac
