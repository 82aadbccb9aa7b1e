package io.github.pbxsdk.testing.sms;

import io.github.pbxsdk.testing.sms.FakeSmsServer.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** HTTP on one connection, as fast or slow as it is wanted. */
final class SmsWire {

    private final InputStream in;
    private final OutputStream out;
    private final Pause pause;

    SmsWire(Socket socket, Pause pause) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.pause = pause;
    }

    SmsRequest read() throws IOException {
        String head = readHead();
        int length =
                new SmsRequest(head, "").header("Content-Length").map(Integer::parseInt).orElse(0);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new SmsRequest(head, new String(body, StandardCharsets.UTF_8));
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes an answer.
     *
     * @param betweenBytes the pause before each byte of its body; zero for all at once
     */
    void write(Answer answer, Duration betweenBytes) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head =
                ("HTTP/1.1 " + answer.status() + " Answer\r\n")
                        + ("Content-Type: " + answer.contentType() + "\r\n")
                        + ("Content-Length: " + body.length + "\r\n\r\n");
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        if (betweenBytes.isZero()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(start);
            all.writeBytes(body);
            out.write(all.toByteArray());
            return;
        }
        out.write(start);
        for (byte octet : body) {
            pause.take(betweenBytes);
            out.write(octet);
        }
    }

    void awaitEnd() throws IOException {
        while (in.read() >= 0) {
            // What still comes is of no interest.
        }
    }

    /** Lets time go by, unless the fake is closed meanwhile. */
    @FunctionalInterface
    interface Pause {

        void take(Duration time) throws IOException;
    }
}
