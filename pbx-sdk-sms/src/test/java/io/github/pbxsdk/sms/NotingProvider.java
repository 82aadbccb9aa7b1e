package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A carrier without a network: takes every text, except where it was told what to answer. */
class NotingProvider implements SmsProvider {

    final List<OutgoingMessage> asked = new CopyOnWriteArrayList<>();
    final List<String> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<PbxException>> answers = new ConcurrentHashMap<>();
    private final String name;

    NotingProvider() {
        this("noting");
    }

    NotingProvider(String name) {
        this.name = name;
    }

    /** Has the next requests for a recipient fail. */
    final NotingProvider answering(String to, PbxException... failures) {
        answers.computeIfAbsent(to, key -> new ArrayDeque<>()).addAll(List.of(failures));
        return this;
    }

    static SmsRejectedException no(SmsRejectedException.Kind kind) {
        return new SmsRejectedException("refused: " + kind, kind, 400, "", "no");
    }

    static PbxException unreachable() {
        return new PbxConnectionException("can't be reached", null, false);
    }

    static PbxException unknown() {
        return new PbxConnectionException("connection lost", null, true);
    }

    @Override
    public SmsOrigin origin() {
        return new SmsOrigin(name, "one");
    }

    @Override
    public SmsCapabilities capabilities() {
        return SmsCapabilities.builder()
                .senders(Kind.PHONE_NUMBER, Kind.SENDER_NAME)
                .maxSegments(5)
                .build();
    }

    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage message, ProviderHttp http) {
        asked.add(message);
        PbxException failure = failureFor(message);
        return failure == null
                ? CompletableFuture.completedFuture(take(message))
                : CompletableFuture.failedFuture(failure);
    }

    final PbxException failureFor(OutgoingMessage message) {
        Deque<PbxException> planned = answers.get(message.to().text());
        return planned == null ? null : planned.poll();
    }

    final ProviderReceipt take(OutgoingMessage message) {
        taken.add(message.to().text());
        return ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "taken"))
                .identifiedBy(MessageId.of("m" + taken.size()));
    }
}
