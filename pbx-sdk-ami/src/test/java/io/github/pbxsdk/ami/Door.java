package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.internal.Futures;
import java.util.concurrent.CompletableFuture;

/** The two ways to ask for the same thing. */
enum Door {
    BLOCKING {
        @Override
        void connect(AmiClient client) {
            client.connect();
        }

        @Override
        <R> R send(AmiClient client, AmiAction<R> action) {
            return client.send(action);
        }

        @Override
        AmiResponse list(
                AmiClient client, AmiAction<?> action, Listener<? super AmiEvent> listener) {
            return client.list(action, listener);
        }

        @Override
        OriginateResult originate(AmiClient client, OriginateAction action) {
            return client.originate(action);
        }
    },
    ASYNC {
        @Override
        void connect(AmiClient client) {
            result(client.connectAsync());
        }

        @Override
        <R> R send(AmiClient client, AmiAction<R> action) {
            return result(client.sendAsync(action));
        }

        @Override
        AmiResponse list(
                AmiClient client, AmiAction<?> action, Listener<? super AmiEvent> listener) {
            return result(client.listAsync(action, listener));
        }

        @Override
        OriginateResult originate(AmiClient client, OriginateAction action) {
            return result(client.originateAsync(action));
        }
    };

    abstract void connect(AmiClient client);

    abstract <R> R send(AmiClient client, AmiAction<R> action);

    abstract AmiResponse list(
            AmiClient client, AmiAction<?> action, Listener<? super AmiEvent> listener);

    abstract OriginateResult originate(AmiClient client, OriginateAction action);

    /** Takes the result by a continuation, as asynchronous code does. */
    private static <R> R result(CompletableFuture<R> future) {
        CompletableFuture<R> seen = new CompletableFuture<>();
        future.whenComplete(
                (value, failure) -> {
                    if (failure == null) {
                        seen.complete(value);
                    } else {
                        seen.completeExceptionally(failure);
                    }
                });
        return Futures.await(seen);
    }
}
