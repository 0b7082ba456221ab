#!/usr/bin/env bash
# Gets the brokers that are missing, then builds everything and runs all tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./verify.sh [-h] [argument of mvn]...

Gets the brokers that are missing, then runs "mvn -B verify" with the arguments given.
Ends with status 0 if all tests passed; a broker that cannot be had is a failure.

RabbitMQ, Redis and Kafka are each the first of these that there is:
  1. the URL in EVENTBUS_RABBITMQ_URL, EVENTBUS_REDIS_URL or EVENTBUS_KAFKA_URL,
     such as amqp://user:password@host:5672, redis://host:6379 or kafka://host:9092
  2. Docker, if an engine answers
  3. rabbitmq-server or redis-server installed on this machine; the tests start them on ports of their own
  4. the package of that name of Debian or Ubuntu, installed by root or by sudo without a password
Kafka needs no installation: without 1 and 2 the tests start it from Maven's artifacts.

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

# Sets "brokers" to where the tests will find each.
get_brokers() {
  local missing=()
  docker=$(docker info 2>/dev/null) || docker=
  rabbitmq=$(source_of EVENTBUS_RABBITMQ_URL rabbitmq_is_installed) || missing+=(rabbitmq-server)
  redis=$(source_of EVENTBUS_REDIS_URL redis_is_installed) || missing+=(redis-server)
  kafka=$(source_of EVENTBUS_KAFKA_URL false) || kafka="from Maven"
  if ((${#missing[@]})); then
    install "${missing[@]}"
    rabbitmq=$(source_of EVENTBUS_RABBITMQ_URL rabbitmq_is_installed) \
      && redis=$(source_of EVENTBUS_REDIS_URL redis_is_installed) \
      || fail "Installed ${missing[*]}, but not where it was expected."
  fi
  brokers="RabbitMQ $rabbitmq, Redis $redis, Kafka $kafka"
}

# Prints where a broker comes from: the variable "$1", Docker, or what the command "$2" finds.
source_of() {
  if [[ ${!1:-} =~ [^[:space:]] ]]; then
    echo "given by $1"
  elif [[ -n $docker ]]; then
    echo "from Docker"
  else
    "$2" && echo "installed here"
  fi
}

rabbitmq_is_installed() {
  compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' >/dev/null \
    && command -v epmd >/dev/null
}

redis_is_installed() {
  command -v redis-server >/dev/null && command -v redis-cli >/dev/null
}

# Installs packages. In a subshell, so that what it sets up for that ends with it.
install() (
  as_root=()
  [[ $(id -u) -eq 0 ]] || as_root=(sudo -n)
  if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    fail "Missing and not to be installed from here: $*. Do one of these:" \
      "  set the URL of a broker that runs (./verify.sh --help)" \
      "  start Docker" \
      "  install it (Debian, Ubuntu: sudo apt-get install $*)"
  fi
  say "Installing what is missing: $*"

  # The tests need the programs, not services on the usual ports. Debian asks this file before it starts a service.
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi
  "${as_root[@]}" apt-get -q update || say "apt-get update failed; going on with what it knows."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@" \
    || fail "apt-get could not install $*; its message is above."
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
get_brokers
say "JDK $jdk, $brokers"

started=$(mktemp)
trap 'rm -f "$started"' EXIT
status=0
mvn -B verify "$@" || status=$?

result=PASSED
[[ $status -eq 0 ]] || result=FAILED
say "$result in $((SECONDS / 60)) min $((SECONDS % 60)) s: $(count_tests "$started")"
say "JDK $jdk, $brokers"
exit "$status"
