package io.eventbus.tck.tls;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.jvm.ChildJvm;
import io.eventbus.tck.jvm.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority of the kit's own, and servers that it has signed for or not. Made by the JDK's {@code keytool}, since the JDK's API signs
 * nothing. Thread-safe.
 */
public final class Certificates {

    private static final String PASSWORD = "changeit";
    private static final String HERE = "SAN=ip:127.0.0.1,dns:localhost";
    private static final long KEYTOOL_SECONDS = 60;

    /** The password protects nothing, and stretching it would take a third of the time. */
    private static final List<String> QUICK = List.of(
            "-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-Dkeystore.pkcs12.macIterationCount=1");

    private final String authority;
    private final SSLContext client;
    private final Map<ServerIdentity, SSLContext> servers = new EnumMap<>(ServerIdentity.class);

    private Certificates(Path folder) throws IOException, GeneralSecurityException {
        makeKey(folder, "authority", "-ext", "bc:c");
        makeKey(folder, "server", "-ext", HERE);
        keytool(folder, "server", "-certreq", "-file", "request.pem");
        Key key = store(folder, "server").getKey("server", PASSWORD.toCharArray());
        Certificate top = store(folder, "authority").getCertificate("authority");
        this.authority = pem(top);
        this.client = trusting(top);
        Certificate own = store(folder, "server").getCertificate("server");
        servers.put(ServerIdentity.UNTRUSTED, context(key, own));
        servers.put(ServerIdentity.RIGHT, context(key, signed(folder, HERE), top));
        servers.put(ServerIdentity.OTHER_HOST, context(key, signed(folder, "SAN=dns:elsewhere.invalid"), top));
        servers.put(
                ServerIdentity.EXPIRED,
                context(key, signed(folder, HERE, "-startdate", "-30d", "-validity", "1"), top));
    }

    /** Those of this JVM; made when the first test needs them, which takes a few seconds. */
    private static final class Shared {
        private static final Certificates CERTIFICATES = make();
    }

    /**
     * Gets the authority of this JVM and its servers.
     *
     * @return the same for all
     * @throws Inconclusive if this JDK makes none
     */
    public static Certificates shared() {
        try {
            return Shared.CERTIFICATES;
        } catch (LinkageError e) {
            throw new Inconclusive("this JDK made no certificates", e);
        }
    }

    private static Certificates make() {
        try {
            Path folder = Files.createTempDirectory("eventbus-tck-");
            try {
                return new Certificates(folder);
            } finally {
                Scratch.delete(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("keytool, or what it made, does not do", e);
        }
    }

    /** {@return the authority's own certificate, in PEM} */
    public String authority() {
        return authority;
    }

    /**
     * Gets what a server begins TLS with.
     *
     * @param identity whom it says it is
     * @return a context with its key and certificates
     */
    public SSLContext server(ServerIdentity identity) {
        return Objects.requireNonNull(servers.get(identity), identity::name);
    }

    /** {@return what a client begins TLS with that trusts the authority; it does not check the host name} */
    public SSLContext client() {
        return client;
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        byte[] lineEnd = {'\n'};
        String body = Base64.getMimeEncoder(64, lineEnd).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private static SSLContext trusting(Certificate authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void makeKey(Path folder, String name, String... more) throws IOException {
        keytool(folder, name, join(new String[] {"-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name}, more));
    }

    /** A certificate of the authority for the server's key. */
    private static Certificate signed(Path folder, String names, String... more)
            throws IOException, GeneralSecurityException {
        String file = "signed.pem";
        keytool(
                folder,
                "authority",
                join(
                        new String[] {"-gencert", "-rfc", "-infile", "request.pem", "-outfile", file, "-ext", names},
                        more));
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static KeyStore store(Path folder, String name) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
    }

    private static SSLContext context(Key key, Certificate... chain) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Runs one command on the key store of a name. */
    private static void keytool(Path folder, String name, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Stream.concat(ChildJvm.SHORT_LIVED.stream(), QUICK.stream()).forEach(option -> line.add("-J" + option));
        line.addAll(List.of(command));
        line.addAll(
                List.of("-alias", name, "-keystore", name + ".p12", "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path output = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool " + command[0] + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        } finally {
            process.destroy();
        }
    }

    private static String[] join(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
