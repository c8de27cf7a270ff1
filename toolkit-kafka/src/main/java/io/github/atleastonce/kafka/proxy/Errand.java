package io.github.atleastonce.kafka.proxy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A request of the proxy's own, on a connection of its own. */
final class Errand {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 20_000;
    private static final String CLIENT = "atleastonce-proxy";

    private final Messages messages;

    Errand(Messages messages) {
        this.messages = messages;
    }

    /** Asks a broker. */
    Struct ask(Upstream broker, Api api, int version, Struct request) throws IOException {
        try (Socket socket = connect(broker)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            WireWriter writer =
                    new WireWriter().int16(api.key()).int16(version).int32(1).text(CLIENT);
            if (request.schema().isFlexible()) {
                writer.unsignedVarint(0);
            }
            socket.getOutputStream()
                    .write(Frame.of(writer.struct(request).toBytes()).bytes());
            Frame answer = Frame.read(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
            if (answer == null) {
                throw new EOFException("The broker closed the connection.");
            }
            ByteBuffer body = answer.body();
            body.position(4);
            WireReader reader = new WireReader(body);
            Schema schema = messages.response(api, version);
            if (schema.isFlexible()) {
                reader.passTags();
            }
            return reader.struct(schema);
        }
    }

    static Socket connect(Upstream broker) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(broker.host(), broker.port()), CONNECT_MILLIS);
            return socket;
        } catch (IOException away) {
            socket.close();
            throw away;
        }
    }
}
