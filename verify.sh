#!/usr/bin/env bash
# Gets a RabbitMQ if there is none, then builds everything and runs all tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./verify.sh [-h] [argument of mvn]...

Gets a RabbitMQ if there is none, then runs "mvn -B verify" with the arguments given.
Ends with status 0 if all tests passed; a RabbitMQ that cannot be had is a failure.

RabbitMQ is the first of these that there is:
  1. the URL in EVENTBUS_RABBITMQ_URL, such as amqp://user:password@host:5672
  2. Docker, if an engine answers
  3. rabbitmq-server installed on this machine; the tests start it on ports of their own
  4. Debian's or Ubuntu's package rabbitmq-server, installed by root or by sudo without a password

Examples:
  ./verify.sh                                 everything
  ./verify.sh -q                              show only what fails
  ./verify.sh -o -pl eventbus-inmemory -am    one module and what it needs, offline
  JAVA_HOME=/usr/lib/jvm/jdk-25 ./verify.sh   with another JDK
TEXT
}

say() { printf 'verify: %s\n' "$*"; }

fail() {
  printf 'verify: %s\n' "$@" >&2
  exit 1
}

# Sets "jdk" to the version that Maven runs on.
check_maven_and_jdk() {
  command -v mvn >/dev/null || fail "Maven is missing. Install it (Debian, Ubuntu: apt-get install maven)."
  jdk=$(mvn -v 2>/dev/null | sed -n 's/^Java version: \([^,]*\),.*/\1/p') || true
  [[ $jdk =~ ^[0-9]+ ]] \
    || fail "Maven finds no JDK. Install JDK 17 or newer (Debian, Ubuntu: apt-get install openjdk-17-jdk) or set JAVA_HOME."
  ((BASH_REMATCH[0] >= 17)) || fail "Maven runs on JDK $jdk, but 17 or newer is needed. Set JAVA_HOME to one."
}

# Sets "rabbitmq" to where the tests will find it.
get_rabbitmq() {
  if [[ ${EVENTBUS_RABBITMQ_URL:-} =~ [^[:space:]] ]]; then
    rabbitmq="given by EVENTBUS_RABBITMQ_URL"
  elif docker info >/dev/null 2>&1; then
    rabbitmq="from Docker"
  elif rabbitmq_is_installed; then
    rabbitmq="installed here"
  else
    install_rabbitmq
    rabbitmq_is_installed || fail "The package rabbitmq-server is installed, but not where it was expected."
    rabbitmq="installed just now"
  fi
}

rabbitmq_is_installed() {
  compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' >/dev/null \
    && command -v epmd >/dev/null
}

# In a subshell, so that what it sets up for the installation ends with it.
install_rabbitmq() (
  as_root=()
  [[ $(id -u) -eq 0 ]] || as_root=(sudo -n)
  if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    fail "There is no RabbitMQ, and it cannot be installed from here. Do one of these:" \
      "  set EVENTBUS_RABBITMQ_URL=amqp://user:password@host:5672" \
      "  start Docker" \
      "  install it (Debian, Ubuntu: sudo apt-get install rabbitmq-server)"
  fi
  say "There is no RabbitMQ; installing the package rabbitmq-server."

  # The tests need the program, not a service on the usual port. Debian asks this file before it starts a service.
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi
  "${as_root[@]}" apt-get -q update || say "apt-get update failed; going on with what it knows."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q install -y --no-install-recommends rabbitmq-server \
    || fail "apt-get could not install rabbitmq-server; its message is above."
)

# Adds up the test reports that are newer than the file "$1".
count_tests() {
  find . -path '*/surefire-reports/TEST-*.xml' -newer "$1" -exec grep -h '<testsuite ' {} + | awk '
    function number(name) {
      if (!match($0, " " name "=\"[0-9]+")) return 0
      return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
    }
    {
      tests += number("tests")
      failed += number("failures") + number("errors")
      skipped += number("skipped")
    }
    END { printf "%d tests, %d failed, %d skipped", tests, failed, skipped }'
}

for argument in "$@"; do
  case $argument in
    -h | --help)
      usage
      exit 0
      ;;
  esac
done

SECONDS=0
check_maven_and_jdk
get_rabbitmq
say "JDK $jdk, RabbitMQ $rabbitmq"

started=$(mktemp)
trap 'rm -f "$started"' EXIT
status=0
mvn -B verify "$@" || status=$?

result=PASSED
[[ $status -eq 0 ]] || result=FAILED
say "$result in $((SECONDS / 60)) min $((SECONDS % 60)) s: $(count_tests "$started")"
say "JDK $jdk, RabbitMQ $rabbitmq"
exit "$status"
