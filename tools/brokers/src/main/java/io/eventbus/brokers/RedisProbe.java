package io.eventbus.brokers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;

/** A connection to Redis that asks whether it serves: an open port alone does not tell, it may be loading its data. */
final class RedisProbe implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int DEFAULT_PORT = 6379;

    private final Socket socket;
    private final InputStream input;

    private RedisProbe(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    static int port(URI url) {
        return url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
    }

    /** Connects, and logs in if the URL says so. */
    static RedisProbe connect(URI url) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(url.getHost(), port(url)), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            RedisProbe probe = new RedisProbe(secured(socket, url));
            probe.logIn(url);
            return probe;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket socket, URI url) throws IOException {
        if (url.getScheme().toLowerCase(Locale.ROOT).equals("redis")) {
            return socket;
        }
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return factory.createSocket(socket, url.getHost(), port(url), true);
    }

    private void logIn(URI url) throws IOException {
        String login = url.getUserInfo();
        if (login != null) {
            int colon = login.indexOf(':');
            String user = login.substring(0, Math.max(colon, 0));
            String password = login.substring(colon + 1);
            require("OK", user.isEmpty() ? call("AUTH", password) : call("AUTH", user, password));
        }
    }

    /** Throws unless Redis answers; that it wants a login is an answer too. */
    void ping() throws IOException {
        String answer = call("PING");
        if (!answer.startsWith("NOAUTH")) {
            require("PONG", answer);
        }
    }

    /** Gives this node all slots if none has an owner, and throws until the cluster serves. */
    void formCluster() throws IOException {
        String info = call("CLUSTER", "INFO");
        if (info.contains("cluster_slots_assigned:0")) {
            require("OK", call("CLUSTER", "ADDSLOTSRANGE", "0", "16383"));
        }
        if (!info.contains("cluster_state:ok")) {
            throw new IOException("the cluster does not serve yet: " + info);
        }
    }

    private static void require(String expected, String answer) throws IOException {
        if (!answer.equals(expected)) {
            throw new IOException("Redis answered " + answer);
        }
    }

    /** Sends a command and gives back its reply, which is no list. */
    private String call(String... command) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String part : command) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            request.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            request.writeBytes(bytes);
            request.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        socket.getOutputStream().write(request.toByteArray());
        return reply();
    }

    private String reply() throws IOException {
        String line = line();
        String rest = line.substring(Math.min(1, line.length()));
        if (!line.startsWith("$")) {
            return rest;
        }
        return new String(input.readNBytes(Integer.parseInt(rest)), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = input.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = input.read();
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
