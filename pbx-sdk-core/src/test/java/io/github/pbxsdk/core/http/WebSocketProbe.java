package io.github.pbxsdk.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Notes what comes over a WebSocket. */
final class WebSocketProbe implements WebSocketHandler {

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @Override
    public void onText(String message) {
        seen.add(message);
    }

    @Override
    public void onBinary(byte[] message) {
        seen.add(message);
    }

    @Override
    public void onClosed(int code, String reason) {
        seen.add("closed " + code + " " + reason);
    }

    @Override
    public void onFailure(PbxException failure) {
        seen.add(failure);
    }

    Object next() throws InterruptedException {
        Object next = seen.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("something over the WebSocket").isNotNull();
        return next;
    }

    PbxException nextFailure() throws InterruptedException {
        Object next = next();
        assertThat(next).isInstanceOf(PbxException.class);
        return (PbxException) next;
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }
}
