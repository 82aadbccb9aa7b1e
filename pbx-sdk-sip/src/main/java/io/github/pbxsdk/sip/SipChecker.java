package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.sip.SipCheck.Answer;
import io.github.pbxsdk.sip.SipCheck.Finding;
import io.github.pbxsdk.sip.SipCheck.Question;
import io.github.pbxsdk.sip.event.OtherSipEvent;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an extension can be used, on a client of its own that it is given for this.
 *
 * <p>Blocks; used by one thread.
 */
final class SipChecker {

    private static final long SECONDS_FOR_A_TEXT = 5;

    private static final String CURE =
            "set the endpoint's message_context to a dialplan context that sends texts on (on"
                    + " FreePBX: Extension, Advanced, Messages Context)";

    private final SipClient sip;
    private final String extension;
    private final Credentials credentials;
    private final List<Finding> findings = new ArrayList<>();

    SipChecker(SipClient sip, String extension, Credentials credentials) {
        this.sip = sip;
        this.extension = extension;
        this.credentials = credentials;
    }

    SipCheck check() {
        if (isReachable()) {
            List<SipDevice> devices = devices();
            if (devices != null) {
                checkRoom(devices);
                checkForBrowser();
                checkTexts(devices);
            }
        }
        return new SipCheck(findings);
    }

    private void add(Question question, Answer answer, String words) {
        findings.add(new Finding(question, answer, words));
    }

    private boolean isReachable() {
        SipSettings settings = sip.engine().settings();
        try {
            sip.connect();
            Duration roundTrip = sip.ping();
            add(
                    Question.REACHABLE,
                    Answer.YES,
                    settings.source().substring(4)
                            + (" answers over " + settings.transport() + " within ")
                            + (roundTrip.toMillis() + " ms"));
            if (settings.transport().isSecure()) {
                add(Question.CERTIFICATE, Answer.YES, "the certificate is trusted and its own");
            }
            return true;
        } catch (PbxException e) {
            String words = String.valueOf(e.getMessage());
            boolean certificate = settings.transport().isSecure() && words.contains("certificate");
            if (certificate) {
                add(Question.REACHABLE, Answer.YES, "something answers over TLS");
            }
            add(certificate ? Question.CERTIFICATE : Question.REACHABLE, Answer.NO, words);
            return false;
        }
    }

    private @Nullable List<SipDevice> devices() {
        try {
            List<SipDevice> devices =
                    sip.engine().registrations().devices(extension, credentials).join();
            add(Question.CREDENTIALS, Answer.YES, "the server accepts them");
            return devices;
        } catch (RuntimeException e) {
            PbxException failure = SipFailures.known("asking for devices", e);
            boolean refused =
                    failure instanceof PbxAuthenticationException
                            || failure instanceof SipRejectedException;
            add(
                    Question.CREDENTIALS,
                    refused ? Answer.NO : Answer.UNKNOWN,
                    String.valueOf(failure.getMessage()));
            return null;
        }
    }

    private void checkRoom(List<SipDevice> devices) {
        List<SipDevice> others = devices.stream().filter(one -> !one.isOurs()).toList();
        if (others.isEmpty()) {
            add(Question.ROOM, Answer.YES, "no other device is registered");
        } else {
            add(
                    Question.ROOM,
                    Answer.UNKNOWN,
                    "registered is "
                            + others.get(0)
                            + "; where there is room for one device only, as FreePBX sets it up,"
                            + " we would push it out (max_contacts)");
        }
    }

    private void checkForBrowser() {
        try {
            judge(new BrowserQuestion(sip.engine()).ask(extension, credentials).join());
        } catch (OperationRefusedException e) {
            add(Question.WEBRTC, Answer.UNKNOWN, "not tried: " + e.getMessage());
        } catch (RuntimeException e) {
            PbxException failure = SipFailures.known("asking for a call from a browser", e);
            add(Question.WEBRTC, Answer.UNKNOWN, String.valueOf(failure.getMessage()));
        }
    }

    private void judge(SipResponse answer) {
        switch (answer.status()) {
            case 481 ->
                    add(
                            Question.WEBRTC,
                            Answer.YES,
                            "it takes the calls of a browser (webrtc=yes, or DTLS-SRTP by itself)");
            case 488 ->
                    add(
                            Question.WEBRTC,
                            Answer.NO,
                            "it does not take the calls of a browser; that needs webrtc=yes");
            default ->
                    add(
                            Question.WEBRTC,
                            Answer.UNKNOWN,
                            "SIP does not tell here, for the server says "
                                    + answer
                                    + "; \"pjsip show endpoint\" on its console does");
        }
    }

    /** Sends a text to ourselves, but only where it can make nobody's telephone ring. */
    private void checkTexts(List<SipDevice> devices) {
        if (!devices.isEmpty()) {
            add(
                    Question.READY_FOR_TEXTS,
                    Answer.UNKNOWN,
                    "not tried: a device is registered, which would ring if it is not ready");
            return;
        }
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        sip.onMessage(message -> seen.add("MESSAGE"));
        sip.events().subscribe(OtherSipEvent.class, event -> seen.add(event.method()));
        try {
            sip.register(extension, credentials);
            sip.send(
                    TextMessage.to(Address.extension(extension))
                            .from(Address.extension(extension))
                            .text("pbx-sdk asks whether texts arrive")
                            .build());
            judge(seen.poll(SECONDS_FOR_A_TEXT, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            add(Question.READY_FOR_TEXTS, Answer.UNKNOWN, "interrupted");
        } catch (OperationRefusedException e) {
            add(Question.READY_FOR_TEXTS, Answer.UNKNOWN, "not tried: " + e.getMessage());
        } catch (PbxException | IllegalArgumentException e) {
            add(Question.READY_FOR_TEXTS, Answer.NO, String.valueOf(e.getMessage()));
        } finally {
            sip.engine().registrations().unregister(extension).join();
        }
    }

    private void judge(@Nullable String seen) {
        if ("MESSAGE".equals(seen)) {
            add(Question.READY_FOR_TEXTS, Answer.YES, "a text to ourselves arrived");
        } else if ("INVITE".equals(seen)) {
            add(
                    Question.READY_FOR_TEXTS,
                    Answer.NO,
                    "a text made the telephone ring and is lost: " + CURE);
        } else {
            add(
                    Question.READY_FOR_TEXTS,
                    Answer.NO,
                    "the server accepted a text to ourselves, which did not come: " + CURE);
        }
    }
}
