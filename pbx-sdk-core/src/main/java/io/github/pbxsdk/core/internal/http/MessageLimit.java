package io.github.pbxsdk.core.internal.http;

import java.io.IOException;
import java.net.ProtocolException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Sink;
import okio.Socket;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a WebSocket on which no message gets longer than agreed.
 *
 * <p>OkHttp collects a message of any length in memory before it shows it. So its source is made to
 * look at the headers of the frames that pass (RFC 6455, 5.2) and to end where a message announces
 * too much.
 */
final class MessageLimit implements Socket {

    private final Socket socket;
    private final Source limited;

    MessageLimit(Socket socket, int maxMessageBytes) {
        this.socket = socket;
        this.limited = new FrameSource(socket.getSource(), maxMessageBytes);
    }

    @Override
    public Source getSource() {
        return limited;
    }

    @Override
    public Sink getSink() {
        return socket.getSink();
    }

    @Override
    public void cancel() {
        socket.cancel();
    }

    static ProtocolException tooLong(int maxMessageBytes) {
        return new ProtocolException("a message of more than " + maxMessageBytes + " bytes");
    }

    private static final class FrameSource extends ForwardingSource {

        private static final int OPCODE = 0x0f;
        private static final int CONTROL = 0x08;
        private static final int MASKED = 0x80;
        private static final int LENGTH = 0x7f;
        private static final int LENGTH_IN_2_BYTES = 126;
        private static final int LENGTH_IN_8_BYTES = 127;

        private final int maxMessageBytes;
        private final byte[] header = new byte[14];
        private int headerBytes;
        private long payloadLeft;
        private long messageBytes;
        private @Nullable ProtocolException violation;

        FrameSource(Source delegate, int maxMessageBytes) {
            super(delegate);
            this.maxMessageBytes = maxMessageBytes;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            if (violation != null) {
                throw violation;
            }
            long from = sink.size();
            long read = super.read(sink, byteCount);
            if (read > 0) {
                inspect(sink, from, from + read);
            }
            return read;
        }

        private void inspect(Buffer buffer, long from, long to) {
            long at = from;
            // What came before the violation is still delivered: it is thrown on the next read.
            while (at < to && violation == null) {
                if (payloadLeft > 0) {
                    long skipped = Math.min(payloadLeft, to - at);
                    payloadLeft -= skipped;
                    at += skipped;
                } else {
                    header[headerBytes++] = buffer.getByte(at++);
                    if (headerBytes == headerLength()) {
                        beginFrame();
                        headerBytes = 0;
                    }
                }
            }
        }

        private int headerLength() {
            if (headerBytes < 2) {
                return 2;
            }
            return 2 + extendedLength() + ((header[1] & MASKED) == 0 ? 0 : 4);
        }

        private int extendedLength() {
            return switch (header[1] & LENGTH) {
                case LENGTH_IN_2_BYTES -> 2;
                case LENGTH_IN_8_BYTES -> 8;
                default -> 0;
            };
        }

        private void beginFrame() {
            payloadLeft = payloadLength();
            int opcode = header[0] & OPCODE;
            if ((opcode & CONTROL) != 0) {
                return;
            }
            messageBytes = opcode == 0 ? messageBytes + payloadLeft : payloadLeft;
            if (payloadLeft < 0 || messageBytes < 0 || messageBytes > maxMessageBytes) {
                violation = tooLong(maxMessageBytes);
            }
        }

        private long payloadLength() {
            int extended = extendedLength();
            long value = extended == 0 ? header[1] & LENGTH : 0;
            for (int i = 0; i < extended; i++) {
                value = (value << 8) | (header[2 + i] & 0xff);
            }
            return value;
        }
    }
}
