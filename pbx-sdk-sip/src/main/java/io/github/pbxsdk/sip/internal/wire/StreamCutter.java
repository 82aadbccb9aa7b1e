package io.github.pbxsdk.sip.internal.wire;

import io.github.pbxsdk.core.internal.flight.FlightTap;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into messages; used by the thread that reads it.
 *
 * <p>Between messages there may be line breaks: two are a ping, one is the answer to ours.
 */
public final class StreamCutter {

    private static final int MOST_HEAD_BYTES = 64 * 1024;
    private static final int MOST_BODY_BYTES = 1024 * 1024;

    private final FlightTap tap;
    private byte[] buffer = new byte[4096];
    private int start;
    private int end;
    private int looked;
    private int messageBytes;

    /**
     * Begins at the start of a stream.
     *
     * @param tap is shown each message
     */
    public StreamCutter(FlightTap tap) {
        this.tap = tap;
    }

    /** Returns the array to read into, from {@link #end()} on; there is room in it. */
    public byte[] room() {
        if (end == buffer.length) {
            makeRoom();
        }
        return buffer;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            looked -= start;
            end -= start;
            start = 0;
        } else {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    /** Returns where to read to. */
    public int end() {
        return end;
    }

    /** Notes that so many bytes were read. */
    public void read(int count) {
        end += count;
    }

    /** Tells whether part of a message has come. */
    public boolean isWithinMessage() {
        return start < end;
    }

    /**
     * Takes the line breaks in front of the next message.
     *
     * @return how many there were
     */
    public int skipLineBreaks() {
        int count = 0;
        while (start < end && (buffer[start] == '\r' || buffer[start] == '\n')) {
            count += buffer[start] == '\n' ? 1 : 0;
            start++;
        }
        looked = Math.max(looked, start);
        if (start == end) {
            start = 0;
            end = 0;
            looked = 0;
        }
        return count;
    }

    /**
     * Tells whether the next message has come in full.
     *
     * @throws MalformedMessageException if the stream can't be cut any more
     */
    public boolean hasMessage() throws MalformedMessageException {
        if (messageBytes == 0 && !findsHead()) {
            return false;
        }
        return end - start >= messageBytes;
    }

    private boolean findsHead() throws MalformedMessageException {
        // The empty line may have begun in what was looked at before.
        int bodyStart = MessageReader.endOfHead(buffer, Math.max(start, looked - 3), end);
        looked = end;
        if ((bodyStart < 0 ? end : bodyStart) - start > MOST_HEAD_BYTES) {
            throw new MalformedMessageException("the headers have more than 64 KiB");
        }
        if (bodyStart < 0) {
            return false;
        }
        int length = MessageReader.toldLength(buffer, start, bodyStart);
        if (length > MOST_BODY_BYTES) {
            throw new MalformedMessageException("the body has more than 1 MiB");
        }
        messageBytes = bodyStart - start + length;
        return true;
    }

    /**
     * Returns the next message; {@link #hasMessage()} must have said that there is one.
     *
     * @throws MalformedMessageException if it can't be read; the stream can be cut on
     */
    public SipMessage next() throws MalformedMessageException {
        int from = start;
        start += messageBytes;
        looked = start;
        messageBytes = 0;
        tap.received(buffer, from, start - from);
        return MessageReader.read(buffer, from, start);
    }
}
