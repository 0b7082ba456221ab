package io.eventbus.tck.broken;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS on a connection that there is.
 *
 * @param context whom it trusts
 * @param checksHost whether the certificate has to be that of the host
 */
record Tls(SSLContext context, boolean checksHost) implements Connection.SocketUpgrade {

    @Override
    public Socket upgrade(Socket connected, InetSocketAddress address) throws IOException {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(connected, address.getHostString(), address.getPort(), true);
        if (checksHost) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }
}
