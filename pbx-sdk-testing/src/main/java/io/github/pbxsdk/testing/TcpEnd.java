package io.github.pbxsdk.testing;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the two sockets of a connection through the proxy. */
final class TcpEnd {

    private static final Logger log = LoggerFactory.getLogger(TcpEnd.class);

    private final SocketChannel channel;
    private final SelectionKey key;

    TcpEnd(FaultLoop loop, SocketChannel channel, FaultLoop.Ready ready) throws IOException {
        this.channel = channel;
        key = loop.register(channel, 0, ready);
        // A byte that was sent alone must travel alone.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    boolean owns(SelectionKey candidate) {
        return key == candidate;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void wantConnect(boolean wanted) {
        want(SelectionKey.OP_CONNECT, wanted);
    }

    void wantRead(boolean wanted) {
        want(SelectionKey.OP_READ, wanted);
    }

    void wantWrite(boolean wanted) {
        want(SelectionKey.OP_WRITE, wanted);
    }

    private void want(int operation, boolean wanted) {
        if (key.isValid()) {
            int operations = key.interestOps();
            key.interestOps(wanted ? operations | operation : operations & ~operation);
        }
    }

    int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    /** Tells the peer that nothing more will come. */
    void finish() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            log.debug("the peer was gone before it could be told the end", e);
        }
    }

    void close() {
        FaultLoop.closeQuietly(channel);
    }

    /** Closes with RST instead of FIN. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            log.debug("the peer was gone before it could be reset", e);
        }
        close();
    }
}
