#!/usr/bin/env bash
# Gets the brokers that are missing, then builds everything and runs all tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./verify.sh [-h] [argument of mvn]...

Gets the brokers that are missing, then runs "mvn -B verify" with the arguments given.
Ends with status 0 if all tests passed; a broker that cannot be had is a failure.

The tests start RabbitMQ, Redis and Kafka themselves, on ports of their own; each is the first of these that there is:
  1. Docker, if an engine answers
  2. rabbitmq-server or redis-server installed on this machine
  3. the package of that name of Debian or Ubuntu, installed by root or by sudo without a password
Kafka needs no installation: without Docker the tests start it from Maven's artifacts.
What brokers outside of Docker store is in /dev/shm, if 4 GiB are free there and 8 GiB of memory, so that the tests do not wait for a
disk; EVENTBUS_BROKER_DATA names another directory, such as /tmp.

A broker that runs already takes the place of those that tests share, by its URL in EVENTBUS_RABBITMQ_URL, EVENTBUS_REDIS_URL or
EVENTBUS_KAFKA_URL, such as amqp://user:password@host:5672 or redis://user:password@host:6379. Those that tests kill, or configure,
are started all the same; so is the Kafka of the conformance kit, which has to send clients back to the kit's proxies.

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
  if docker info >/dev/null 2>&1; then
    brokers="RabbitMQ, Redis and Kafka from Docker"
  else
    install_missing
    brokers="RabbitMQ and Redis installed here, Kafka from Maven"
  fi
  local variable
  for variable in EVENTBUS_RABBITMQ_URL EVENTBUS_REDIS_URL EVENTBUS_KAFKA_URL; do
    if [[ ${!variable:-} =~ [^[:space:]] ]]; then
      brokers+=", and one given by $variable"
    fi
  done
}

install_missing() {
  local missing=()
  rabbitmq_is_installed || missing+=(rabbitmq-server)
  redis_is_installed || missing+=(redis-server)
  ((${#missing[@]})) || return 0
  install "${missing[@]}"
  rabbitmq_is_installed && redis_is_installed || fail "Installed ${missing[*]}, but not where it was expected."
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

# Brokers sync each message that the tests send.
keep_broker_data_in_memory() {
  local gib=$((1024 * 1024)) room memory
  room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }') || true
  memory=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null) || true
  if [[ -z ${EVENTBUS_BROKER_DATA:-} && -w /dev/shm ]] && ((room >= 4 * gib && memory >= 8 * gib)); then
    export EVENTBUS_BROKER_DATA=/dev/shm
  fi
}

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

# Would give every bus that is to find its transport by itself a URL.
unset EVENTBUS_URL

SECONDS=0
check_maven_and_jdk
get_brokers
keep_broker_data_in_memory
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
