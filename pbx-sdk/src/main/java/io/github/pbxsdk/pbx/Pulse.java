package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ari.AriCheck;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.freepbx.FreePbxHealth;
import io.github.pbxsdk.freepbx.TelephonySource;
import io.github.pbxsdk.freepbx.TelephonySource.Phone;
import io.github.pbxsdk.freepbx.TelephonySource.Trunk;
import io.github.pbxsdk.pbx.PbxHealth.Part;
import io.github.pbxsdk.recordings.SyncStatus;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at all parts of a {@link Pbx} at once; what fails is a finding, never a failure. */
final class Pulse {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Clients clients;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    Pulse(Clients clients) {
        this.clients = clients;
    }

    /** Since when a part has its light. */
    private record Seen(Light light, Instant since) {}

    /** What a look has found; without a time, it is so since it was first seen. */
    private record Found(
            Light light, String detail, @Nullable Duration latency, @Nullable Instant since) {

        static Found of(Light light, String detail, @Nullable Duration latency) {
            return new Found(light, detail, latency, null);
        }
    }

    private interface Look {
        Found take();
    }

    CompletableFuture<PbxHealth> take() {
        List<CompletableFuture<Part>> parts = new ArrayList<>();
        look(parts, clients.hasAmi(), "ami", this::ami);
        look(parts, clients.hasAri(), "ari", this::ari);
        look(parts, clients.hasSip(), "sip", this::sip);
        look(parts, clients.hasSms(), "sms", this::sms);
        look(parts, clients.hasFreepbx(), "freepbx", this::freepbx);
        look(parts, clients.hasRecordings(), "recordings", this::recordings);
        boolean amiAlone = clients.hasAmi() && !clients.hasFreepbx();
        look(parts, amiAlone, "telephones", this::telephones);
        look(parts, amiAlone, "trunks", this::trunks);
        return PbxThreads.call(
                clients.resources,
                () -> PbxHealth.of(parts.stream().map(CompletableFuture::join).toList()));
    }

    private void look(
            List<CompletableFuture<Part>> parts, boolean isSetUp, String name, Look look) {
        if (isSetUp) {
            parts.add(PbxThreads.call(clients.resources, () -> part(name, look)));
        }
    }

    private Part part(String name, Look look) {
        Found found;
        try {
            found = look.take();
        } catch (RuntimeException e) {
            found = Found.of(Light.RED, String.valueOf(e.getMessage()), null);
        }
        Instant since = found.since() == null ? since(name, found.light()) : found.since();
        return new Part(name, found.light(), since, found.detail(), found.latency());
    }

    private Instant since(String name, Light light) {
        Instant now = clients.resources.time().now();
        return seen.merge(
                        name,
                        new Seen(light, now),
                        (before, fresh) -> before.light() == light ? before : fresh)
                .since();
    }

    private Duration timed(Runnable question) {
        long started = clients.resources.time().nanos();
        question.run();
        return Duration.ofNanos(clients.resources.time().nanos() - started);
    }

    private Found ami() {
        AmiClient ami = clients.ami.get();
        ConnectionStatus status = ami.status();
        if (status.state().light() != Light.GREEN) {
            return new Found(status.state().light(), status.toString(), null, status.since());
        }
        Duration latency =
                timed(() -> ami.with(CallOptions.deadline(LIMIT)).send(PingAction.create()));
        String words = ami.server() + " answers in " + latency.toMillis() + " ms";
        return new Found(Light.GREEN, words, latency, status.since());
    }

    private Found ari() {
        long started = clients.resources.time().nanos();
        AriCheck check = clients.ari.get().with(CallOptions.deadline(LIMIT)).check();
        Duration latency = Duration.ofNanos(clients.resources.time().nanos() - started);
        Light light =
                check.isUsable()
                        ? Light.GREEN
                        : check.outcome() == AriCheck.Outcome.NOT_BOOTED ? Light.YELLOW : Light.RED;
        return Found.of(light, check.words(), check.isUsable() ? latency : null);
    }

    private Found sip() {
        SipClient sip = clients.sip.get();
        sip.connect();
        Duration latency = sip.with(CallOptions.deadline(LIMIT)).ping();
        String answers = "the server answers in " + latency.toMillis() + " ms";
        Optional<Registration> registration =
                clients.extension().map(Credentials::user).flatMap(sip::findRegistration);
        if (registration.isEmpty()) {
            return Found.of(Light.GREEN, answers + "; no extension is registered", latency);
        }
        Registration own = registration.get();
        String words = own.extension() + " is " + own.status() + "; " + answers;
        return new Found(own.light(), words, latency, own.status().since());
    }

    private Found sms() {
        SmsClient sms = clients.sms.get();
        if (!sms.capabilities().can(Feature.BALANCE)) {
            return Found.of(
                    Light.GREEN,
                    sms + " is set up; nothing can be asked there without sending a text",
                    null);
        }
        long started = clients.resources.time().nanos();
        String balance = sms.with(CallOptions.deadline(LIMIT)).balance().toString();
        return Found.of(
                Light.GREEN,
                sms + " takes our credentials; left on the account: " + balance,
                Duration.ofNanos(clients.resources.time().nanos() - started));
    }

    private Found freepbx() {
        FreePbxHealth health = clients.freepbx.get().with(CallOptions.deadline(LIMIT)).health();
        return Found.of(
                health.light(),
                health.words().replace("\n", "; "),
                health.latency().isZero() ? null : health.latency());
    }

    private Found recordings() {
        SyncStatus status = clients.recordings.get().status();
        return new Found(status.light(), status.words(), null, status.since().orElse(null));
    }

    private TelephonySource telephony() {
        Supplier<AmiClient> limited = () -> clients.ami.get().with(CallOptions.deadline(LIMIT));
        return new AmiTelephony(limited);
    }

    private Found telephones() {
        List<Phone> phones = telephony().phones();
        long online = phones.stream().filter(Phone::online).count();
        return Found.of(
                online == 0 && !phones.isEmpty() ? Light.YELLOW : Light.GREEN,
                online + " of " + phones.size() + " telephones are there",
                null);
    }

    private Found trunks() {
        List<Trunk> trunks = telephony().trunks();
        String down =
                trunks.stream()
                        .filter(one -> !one.registered() || !one.online())
                        .map(Trunk::name)
                        .collect(Collectors.joining(", "));
        return down.isEmpty()
                ? Found.of(Light.GREEN, "all of " + trunks.size() + " trunks are there", null)
                : Found.of(Light.RED, "not there: " + down, null);
    }
}
