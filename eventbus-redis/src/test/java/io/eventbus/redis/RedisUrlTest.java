package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisUrlTest {

    @Test
    @DisplayName("every part of a URL is read and decoded")
    void allParts() {
        assertThat(url("rediss://us%3Aer:p%40ss+%25@redis.example:16379/3"))
                .isEqualTo(new RedisUrl(true, new HostAndPort("redis.example", 16379), null, "us:er", "p@ss+%", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://h", "redis://h/", "redis://h:6379/0", "redis://@h"})
    @DisplayName("what is missing has the usual default, and no login is made")
    void defaults(String text) {
        assertThat(url(text)).isEqualTo(new RedisUrl(false, new HostAndPort("h", 6379), null, null, null, 0));
    }

    @Test
    @DisplayName("a password without a user is the default user's")
    void passwordAlone() {
        assertThat(url("redis://:secret@h").user()).isNull();
        assertThat(url("redis://:secret@h").password()).isEqualTo("secret");
    }

    @Test
    @DisplayName("an IPv6 address loses its brackets")
    void ipv6() {
        assertThat(url("redis://[::1]:1").node()).isEqualTo(new HostAndPort("::1", 1));
    }

    @Test
    @DisplayName("a socket of this machine is named by its path, and may have a login")
    void path() {
        assertThat(url("unix:/run/my%20redis.sock").path()).isEqualTo("/run/my redis.sock");
        RedisUrl login = url("unix://user:p%40ss@/run/redis.sock");
        assertThat(login.path()).isEqualTo("/run/redis.sock");
        assertThat(login.user()).isEqualTo("user");
        assertThat(login.password()).isEqualTo("p@ss");
        assertThat(login).hasToString("/run/redis.sock, database 0");
    }

    @Test
    @DisplayName("the database is in the path or in the option, not two different ones")
    void database() {
        assertThat(RedisUrl.parse(URI.create("redis://h"), "4").database()).isEqualTo(4);
        assertThat(RedisUrl.parse(URI.create("unix:/s"), "4").database()).isEqualTo(4);
        assertThat(RedisUrl.parse(URI.create("redis://h/4"), "4").database()).isEqualTo(4);
        assertThatThrownBy(() -> RedisUrl.parse(URI.create("redis://h/3"), "4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis.database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://canary@h",
                "redis://u:canary@h/a",
                "redis://u:canary@h/0/1",
                "redis://u:canary@my_host",
                "unix:",
                "unix://u:canary@host/path",
                "unix://canary@/path"
            })
    @DisplayName("a URL that makes no sense is refused, without its secrets")
    void refused(String text) {
        assertThatThrownBy(() -> url(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    @DisplayName("printing a URL shows no secret")
    void printed() {
        assertThat(url("redis://user:canary@h:1/2")).hasToString("h:1, database 2");
    }

    private static RedisUrl url(String text) {
        return RedisUrl.parse(URI.create(text.endsWith(":") ? text + "/" : text), "");
    }
}
