package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.UnparsedAddress;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Texts that go out: each is kept before it leaves, and then what became of it. */
final class OutgoingTexts {

    private final SmsClient client;
    private final MessageStore store;
    private final Set<Address> ownNumbers;
    private final Supplier<Instant> now;

    OutgoingTexts(
            SmsClient client, MessageStore store, Set<Address> ownNumbers, Supplier<Instant> now) {
        this.client = client;
        this.store = store;
        this.ownNumbers = ownNumbers;
        this.now = now;
    }

    Address resolved(Address address) {
        return address instanceof UnparsedAddress && !address.text().isEmpty()
                ? client.address(address.text())
                : address;
    }

    CompletableFuture<StoredMessage> send(TextMessage message, String idempotencyKey) {
        TextMessage outgoing = completed(message);
        client.capabilities()
                .objection(outgoing)
                .ifPresent(
                        reason -> {
                            throw new IllegalArgumentException("this can't be sent: " + reason);
                        });
        StoredMessage kept = keep(outgoing, idempotencyKey);
        requireSame(kept, outgoing);
        CompletableFuture<SendResult> sending = begin(outgoing, idempotencyKey);
        RootFuture<StoredMessage> root = new RootFuture<>(Runnable::run);
        root.onCancel(
                () -> {
                    if (hasLeft(sending)) {
                        root.markSent();
                    }
                    sending.cancel(true);
                });
        sending.whenComplete((result, failure) -> end(root, sending, kept, result, failure));
        return root;
    }

    private TextMessage completed(TextMessage given) {
        TextMessage.Builder message =
                given.toBuilder().to(given.to().stream().map(this::resolved).toList());
        if (given.from().isEmpty()) {
            client.sender().ifPresent(message::from);
        }
        return message.build();
    }

    private StoredMessage keep(TextMessage outgoing, String idempotencyKey) {
        return store.add(
                ConversationKey.of(outgoing, ownNumbers),
                client.origin(),
                outgoing.toBuilder().sentAt(now.get()).build(),
                idempotencyKey);
    }

    /** The contents of files are compared by the ledger of the client. */
    private static void requireSame(StoredMessage kept, TextMessage outgoing) {
        TextMessage before = kept.message();
        boolean same =
                before.text().equals(outgoing.text())
                        && before.to().equals(outgoing.to())
                        && before.scheduledAt().equals(outgoing.scheduledAt())
                        && filesOf(before).equals(filesOf(outgoing));
        if (!same) {
            throw new IllegalArgumentException(
                    "another text was sent under this idempotency key; nothing was sent now");
        }
    }

    private static List<Optional<URI>> filesOf(TextMessage message) {
        return message.media().stream().map(MediaItem::url).toList();
    }

    /** What is refused at once is a failure like others: the text is kept by now. */
    private CompletableFuture<SendResult> begin(TextMessage outgoing, String idempotencyKey) {
        try {
            return client.with(CallOptions.idempotencyKey(idempotencyKey))
                    .messages()
                    .sendAsync(outgoing);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean hasLeft(CompletableFuture<SendResult> sending) {
        return sending instanceof RootFuture<?> root && root.mayHaveBeenSent();
    }

    private void end(
            RootFuture<StoredMessage> root,
            CompletableFuture<SendResult> sending,
            StoredMessage kept,
            @Nullable SendResult result,
            @Nullable Throwable failure) {
        try {
            if (result != null) {
                root.succeed(sent(kept, result));
            } else if (failure != null) {
                Throwable cause = Futures.unwrap(failure);
                failed(kept, mayHaveBeenSent(sending, cause), cause);
                root.fail(cause);
            }
        } catch (RuntimeException e) {
            root.fail(e);
        }
    }

    private static boolean mayHaveBeenSent(
            CompletableFuture<SendResult> sending, Throwable failure) {
        return failure instanceof PbxException e ? e.mayHaveBeenSent() : hasLeft(sending);
    }

    /** What is known from before, and be it a doubt, is worth more than that this call failed. */
    private void failed(StoredMessage kept, boolean mayHaveBeenSent, Throwable failure) {
        boolean known =
                kept.status()
                        .map(SmsStatus::state)
                        .filter(state -> state != SmsState.FAILED)
                        .isPresent();
        if (known) {
            return;
        }
        SmsStatus status =
                mayHaveBeenSent
                        ? SmsStatus.of(SmsState.UNKNOWN, "no answer")
                        : SmsStatus.of(SmsState.FAILED, "not sent");
        try {
            store.sent(kept.number(), client.origin(), null, status);
        } catch (RuntimeException e) {
            // Why it was not sent matters more than that this could not be noted.
            failure.addSuppressed(e);
        }
    }

    StoredMessage recordSent(TextMessage message, SendResult result) {
        return sent(keep(completed(message), result.idempotencyKey()), result);
    }

    /** Reports come from the account that took it, which stands in for ours at times. */
    private StoredMessage sent(StoredMessage kept, SendResult result) {
        store.sent(
                kept.number(),
                result.origin().orElseGet(client::origin),
                result.id().orElse(null),
                result.status());
        return store.find(kept.number()).orElse(kept);
    }
}
