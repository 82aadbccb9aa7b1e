package io.github.pbxsdk.testing.sip;

import io.github.pbxsdk.core.time.Time;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers requests as Asterisk's chan_pjsip does; used by one thread only. */
final class SipServer {

    private static final String SUPPORTED = "100rel, timer, replaces, norefersub";
    private static final String ACCEPT =
            "application/sdp, application/simple-message-summary, application/pidf+xml,"
                    + " application/xpidf+xml, application/cpim-pidf+xml,"
                    + " application/dialog-info+xml, application/simple-message-summary,"
                    + " application/pidf+xml, application/dialog-info+xml,"
                    + " message/sipfrag;version=2.0";
    private static final Set<String> OUTSIDE_OF_DIALOGS_UNKNOWN = Set.of("BYE", "CANCEL");

    /** From 1,024 octets on the dialplan sees an empty text. */
    private static final int LONGEST_TEXT = 1023;

    private final SipRelease release;
    private final Time time;
    private final Notebook notebook;
    private final Map<String, SipExtension> extensions = new HashMap<>();
    private final Map<String, Function<SipMessage, Optional<SipMessage>>> scripts = new HashMap<>();
    private final SipDigest digest = new SipDigest();
    private final Registrar registrar;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Outbound outbound;
    private final Map<String, Integer> ports = new HashMap<>();

    SipServer(SipRelease release, Time time, Outbound outbound, Notebook notebook) {
        this.release = release;
        this.registrar = new Registrar(release);
        this.time = time;
        this.outbound = outbound;
        this.notebook = notebook;
    }

    void add(SipExtension extension) {
        extensions.put(extension.number(), extension);
    }

    void script(String method, Function<SipMessage, Optional<SipMessage>> script) {
        scripts.put(method, script);
    }

    void listensAt(String transport, int port) {
        ports.put(transport, port);
    }

    Registrar registrar() {
        return registrar;
    }

    /** Returns the answer to a request; null for ACK, which has none. */
    @Nullable SipMessage answer(SipMessage request, SipPeer peer, FaultPlan faults) {
        if (request.method().equals("ACK")) {
            return null;
        }
        Function<SipMessage, Optional<SipMessage>> script = scripts.get(request.method());
        Optional<SipMessage> scripted = script == null ? Optional.empty() : script.apply(request);
        SipMessage content = scripted.orElseGet(() -> own(request, peer, faults));
        return Answers.complete(request, peer, content, release);
    }

    /** Returns the answer that a fault gives in its place. */
    SipMessage answer(SipMessage request, SipPeer peer, SipFault fault) {
        return Answers.complete(request, peer, fault.message(), release);
    }

    private SipMessage own(SipMessage request, SipPeer peer, FaultPlan faults) {
        boolean strangeUri = request.uri().startsWith("tel:") && !release.takesTelephoneUris();
        if (strangeUri || Registrar.hasStrangeContact(request)) {
            return SipMessage.answer(416, "Unsupported URI Scheme");
        }
        if (OUTSIDE_OF_DIALOGS_UNKNOWN.contains(request.method())) {
            return SipMessage.answer(481, "Call/Transaction Does Not Exist");
        }
        SipExtension sender = extensions.get(SipHeaders.user(request.get("From")));
        SipDigest.Verdict verdict = digest.check(request, sender, time.now());
        if (faults.take(request.method(), one -> one.kind() == SipFault.Kind.WRONG_REALM) != null) {
            return challenge("elsewhere", sender, false);
        }
        if (sender == null || verdict != SipDigest.Verdict.ACCEPTED) {
            return challenge(SipDigest.REALM, sender, verdict == SipDigest.Verdict.STALE);
        }
        SipFault late = faults.take(request.method(), fault -> fault.isForAccepted(request));
        if (late != null) {
            return late.kind() == SipFault.Kind.STALE
                    ? challenge(SipDigest.REALM, sender, true)
                    : late.message();
        }
        return accepted(request, sender, peer);
    }

    private SipMessage challenge(String realm, @Nullable SipExtension extension, boolean stale) {
        SipMessage answer = SipMessage.answer(401, "Unauthorized");
        List<String> set = extension == null ? List.of("MD5") : extension.algorithms();
        for (String algorithm : release.algorithms(set)) {
            answer =
                    answer.with(
                            "WWW-Authenticate",
                            digest.challenge(realm, algorithm, stale, time.now()));
        }
        return answer;
    }

    private SipMessage accepted(SipMessage request, SipExtension sender, SipPeer peer) {
        return switch (request.method()) {
            case "REGISTER" -> register(request, sender, peer);
            case "MESSAGE" -> take(request, sender);
            case "OPTIONS" -> options(request);
            case "SUBSCRIBE" -> subscribe(request, peer);
            case "PUBLISH" -> SipMessage.answer(489, "Bad Event");
            case "INVITE" -> invite(request, sender);
            default -> SipMessage.answer(501, "Not Implemented");
        };
    }

    /** Refuses a call; the offer is judged before the call that it is to replace is looked for. */
    private SipMessage invite(SipMessage request, SipExtension caller) {
        if (!isNumber(SipHeaders.user(request.uri()))) {
            return SipMessage.answer(404, "Not Found");
        }
        SipMessage refusal =
                request.find("Replaces").isPresent() && caller.takesOffer(request.text())
                        ? SipMessage.answer(481, "Call/Transaction Does Not Exist")
                                .with("Reason", "Q.850;cause=0")
                        : SipMessage.answer(488, "Not Acceptable Here");
        return refusal.with("To", Answers.withTag(request.get("To"), UUID.randomUUID().toString()));
    }

    private SipMessage register(SipMessage request, SipExtension sender, SipPeer peer) {
        if (!SipHeaders.user(request.get("To")).equals(sender.number())) {
            return SipMessage.answer(404, "Not Found");
        }
        List<Binding> before = registrar.bindings(sender.number(), time.now());
        Registrar.Outcome outcome = registrar.register(request, sender, peer, time.now());
        outcome.bindings().forEach(notebook::registered);
        notebook.devices(
                new DeviceChange(
                        sender.number(), before, registrar.bindings(sender.number(), time.now())));
        return outcome.answer();
    }

    /** Does what follows an answer. */
    void answered(SipMessage request, SipMessage answer, SipPeer peer) {
        SipExtension sender = extensions.get(SipHeaders.user(request.get("From")));
        if (sender == null || answer.status() >= 300) {
            return;
        }
        switch (request.method()) {
            case "REGISTER" -> {
                if (sender.tellsMailbox() && request.find("Contact").isPresent()) {
                    tellMailbox(sender.number());
                }
            }
            case "MESSAGE" -> {
                if (answer.status() == 202) {
                    relay(request, sender);
                }
            }
            case "SUBSCRIBE" ->
                    subscriptions
                            .find(request.without("To").with("To", answer.get("To")))
                            .ifPresent(watch -> notifyOf(watch, request));
            default -> {}
        }
    }

    private void tellMailbox(String extension) {
        for (Registrar.Device device : registrar.devices(extension, time.now())) {
            UnaryOperator<SipMessage> content =
                    it ->
                            it.with("Contact", ownContact(extension, device.peer()))
                                    .with("Event", Subscriptions.MAILBOX)
                                    .with("Subscription-State", "terminated")
                                    .with("Allow-Events", Subscriptions.EVENTS)
                                    .with(
                                            "Content-Type",
                                            Subscriptions.contentType(Subscriptions.MAILBOX))
                                    .body(Subscriptions.mailbox(0, 0));
            send(device, "NOTIFY", extension, content, new CompletableFuture<>());
        }
    }

    private SipMessage take(SipMessage request, SipExtension sender) {
        String type = request.get("Content-Type").split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase("text/plain")) {
            return SipMessage.answer(415, "Unsupported Media Type");
        }
        String to = SipHeaders.user(request.uri());
        if (!to.matches("[0-9+*].+")) {
            return SipMessage.answer(404, "Not Found");
        }
        notebook.took(
                new TakenText(sender.number(), to, request.get("Content-Type"), request.text()));
        return SipMessage.answer(202, "Accepted");
    }

    private void relay(SipMessage request, SipExtension sender) {
        if (!sender.takesTexts()) {
            return;
        }
        boolean tooLong = request.body().length > LONGEST_TEXT;
        String type = request.get("Content-Type").split(";", 2)[0].strip();
        String to = SipHeaders.user(request.uri());
        boolean echo = to.equals("600");
        sendText(
                echo ? "600" : sender.number(),
                echo ? sender.number() : to,
                type,
                tooLong ? "" : request.text(),
                new CompletableFuture<>());
    }

    /** Sends a text to one device of an extension, the one that the server picks. */
    void sendText(
            String from,
            String to,
            String type,
            String text,
            CompletableFuture<SipMessage> answer) {
        List<Registrar.Device> devices = registrar.devices(to, time.now());
        if (devices.isEmpty()) {
            answer.complete(SipMessage.answer(480, "Temporarily Unavailable"));
            return;
        }
        Registrar.Device device =
                devices.get(release.prefersFirstContact() ? 0 : devices.size() - 1);
        UnaryOperator<SipMessage> content =
                it ->
                        (release.putsContactIntoTexts()
                                        ? it.with("Contact", ownContact(from, device.peer()))
                                        : it)
                                .with("Content-Type", type)
                                .body(text);
        send(device, "MESSAGE", from, content, answer);
    }

    /** Sends a request to the device of an extension that registered last. */
    void send(
            String extension,
            String method,
            UnaryOperator<SipMessage> content,
            CompletableFuture<SipMessage> answer) {
        List<Registrar.Device> devices = registrar.devices(extension, time.now());
        if (devices.isEmpty()) {
            answer.complete(SipMessage.answer(480, "Temporarily Unavailable"));
            return;
        }
        send(devices.get(devices.size() - 1), method, "asterisk", content, answer);
    }

    private void send(
            Registrar.Device device,
            String method,
            String from,
            UnaryOperator<SipMessage> content,
            CompletableFuture<SipMessage> answer) {
        SipMessage request =
                SipMessage.request(method, device.binding().uri())
                        .with("Via", ownVia(device.peer()))
                        .with("From", "<sip:" + from + "@127.0.0.1>;tag=" + UUID.randomUUID())
                        .with("To", "<sip:" + device.binding().extension() + "@127.0.0.1>")
                        .with("Call-ID", UUID.randomUUID().toString())
                        .with("CSeq", "1 " + method)
                        .with("Max-Forwards", "70")
                        .with("User-Agent", release.product());
        for (String path : device.binding().path()) {
            request = request.with("Route", path);
        }
        outbound.send(device.peer(), content.apply(request), answer);
    }

    private String ownVia(SipPeer peer) {
        String alias = peer.losesMessages() ? "" : ";alias";
        return ("SIP/2.0/" + peer.transport() + " " + ownAddress(peer))
                + (";rport;branch=" + Outbound.newBranch() + alias);
    }

    private String ownAddress(SipPeer peer) {
        return "127.0.0.1:" + ports.getOrDefault(peer.transport(), 5060);
    }

    private String ownContact(String user, SipPeer peer) {
        String transport =
                switch (peer.transport()) {
                    case "UDP" -> "";
                    case "WS", "WSS" -> ";transport=ws";
                    default -> ";transport=" + peer.transport();
                };
        return "<sip:" + user + "@" + ownAddress(peer) + transport + ">";
    }

    private boolean isNumber(String user) {
        return extensions.containsKey(user) || user.matches("6\\d\\d");
    }

    private SipMessage options(SipMessage request) {
        String user = SipHeaders.user(request.uri());
        boolean known = user.isEmpty() || isNumber(user);
        return SipMessage.answer(known ? 200 : 404, known ? "OK" : "Not Found")
                .with("Accept", ACCEPT)
                .with("Allow", release.methods())
                .with("Supported", SUPPORTED)
                .with("Accept-Encoding", "identity")
                .with("Accept-Language", "en");
    }

    private SipMessage subscribe(SipMessage request, SipPeer peer) {
        Optional<Subscriptions.Watch> known = subscriptions.find(request);
        if (known.isPresent()) {
            return subscribed(known.get(), request, peer);
        }
        if (SipHeaders.parameter(request.get("To"), "tag").isPresent()) {
            return SipMessage.answer(481, "Call/Transaction Does Not Exist");
        }
        String event = Subscriptions.event(request);
        if (!Subscriptions.knows(event)) {
            return SipMessage.answer(489, "Bad Event");
        }
        SipExtension watched = extensions.get(SipHeaders.user(request.uri()));
        boolean mailbox = event.equals(Subscriptions.MAILBOX);
        if (watched == null || (mailbox && !watched.hasMailbox())) {
            return SipMessage.answer(404, "Not Found");
        }
        return subscribed(subscriptions.open(request, peer), request, peer);
    }

    private SipMessage subscribed(Subscriptions.Watch watch, SipMessage request, SipPeer peer) {
        return SipMessage.answer(200, "OK")
                .with("To", Answers.withTag(watch.request().get("To"), watch.tag()))
                .with("Expires", request.find("Expires").orElse("3600"))
                .with("Contact", "<sip:" + ownAddress(peer) + ">")
                .with("Allow", release.methods())
                .with("Supported", SUPPORTED);
    }

    private void notifyOf(Subscriptions.Watch watch, SipMessage request) {
        String expires = request.find("Expires").orElse("3600");
        boolean ends = expires.equals("0");
        String state = ends ? "terminated" : "active;expires=" + expires;
        if (!ends || release.notifiesAtTheEnd()) {
            notifyOf(watch, state, Subscriptions.idle(watch.event(), watch.resource()));
        }
        if (ends) {
            subscriptions.end(watch);
        }
    }

    /** Tells those who watch something of an extension what is new. */
    void notifyWatchers(String extension, String event, String body) {
        for (Subscriptions.Watch watch : subscriptions.of(extension, event)) {
            notifyOf(watch, "active;expires=3600", body);
        }
    }

    private void notifyOf(Subscriptions.Watch watch, String state, String body) {
        SipMessage begun = watch.request();
        SipMessage request =
                SipMessage.request("NOTIFY", SipHeaders.uri(begun.get("Contact")))
                        .with("Via", ownVia(watch.peer()))
                        .with("From", Answers.withTag(begun.get("To"), watch.tag()))
                        .with("To", begun.get("From"))
                        .with("Contact", "<sip:" + ownAddress(watch.peer()) + ">")
                        .with("Call-ID", begun.get("Call-ID"))
                        .with("CSeq", (time.nanos() >>> 10 & 0x7FFF_FFFF) + " NOTIFY")
                        .with("Event", begun.get("Event"))
                        .with("Subscription-State", state)
                        .with("Allow-Events", Subscriptions.EVENTS)
                        .with("Max-Forwards", "70")
                        .with("User-Agent", release.product())
                        .with("Content-Type", Subscriptions.contentType(watch.event()))
                        .body(body);
        outbound.send(watch.peer(), request, new CompletableFuture<>());
    }

    Instant now() {
        return time.now();
    }
}
