package io.eventbus.spi;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a driver trusts that speaks TLS. There is no way to trust everybody. */
public final class TlsTrust {

    private TlsTrust() {}

    /**
     * Describes the option that names a file of trusted certificates.
     *
     * @param name its full name
     * @return an option of type text, which may be empty
     */
    public static OptionDescriptor option(String name) {
        return OptionDescriptor.text(
                name,
                "",
                "a file with the certificates of the authorities, in PEM, that are trusted in place of those of the JVM");
    }

    /**
     * Makes what a client begins TLS with. It does not check the host name: that is set for each socket.
     *
     * @param config the transport's configuration
     * @param option made by {@link #option}
     * @return a context that trusts what the file holds or, if none is named, what the JVM trusts
     * @throws IllegalArgumentException naming the option, if the file cannot be used, or if the JVM's own settings cannot
     */
    public static SSLContext context(TransportConfig config, OptionDescriptor option) {
        String file = config.text(option);
        return file.isEmpty() ? ofJvm() : ofFile(file, option);
    }

    /**
     * Refuses the option where it would have no effect.
     *
     * @param config the transport's configuration
     * @param option made by {@link #option}
     * @throws IllegalArgumentException naming the option, if it is given
     */
    public static void requireUnused(TransportConfig config, OptionDescriptor option) {
        if (!config.text(option).isEmpty()) {
            throw new IllegalArgumentException(option.name() + " is given, and the URL's scheme is not one for TLS");
        }
    }

    private static SSLContext ofJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(
                    "the JVM's default TLS settings, such as its trust store, do not work", e);
        }
    }

    private static SSLContext ofFile(String file, OptionDescriptor option) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : certificates(file, option)) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException | InvalidPathException e) {
            throw unusable(option, e.getClass().getSimpleName());
        }
    }

    private static Collection<? extends Certificate> certificates(String file, OptionDescriptor option)
            throws GeneralSecurityException, IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw unusable(option, "it holds none");
            }
            return certificates;
        }
    }

    /** The value is left out, as that of every option is that was refused. */
    private static IllegalArgumentException unusable(OptionDescriptor option, String reason) {
        return new IllegalArgumentException(
                "bad value of option " + option.name() + ": expected a file of certificates in PEM: " + reason);
    }
}
