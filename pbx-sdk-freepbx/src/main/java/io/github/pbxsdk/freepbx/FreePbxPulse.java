package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.freepbx.FreePbxHealth.Finding;
import io.github.pbxsdk.freepbx.FreePbxHealth.Subject;
import io.github.pbxsdk.freepbx.TelephonySource.Phone;
import io.github.pbxsdk.freepbx.TelephonySource.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at a PBX from all sides; what fails is a finding, never a failure. */
final class FreePbxPulse {

    private static final int FULL_PERCENT = 95;
    private static final int FILLING_PERCENT = 85;

    private final FreePbxSession session;
    private final List<Finding> findings = new ArrayList<>();

    FreePbxPulse(FreePbxSession session) {
        this.session = session;
    }

    FreePbxHealth take() {
        return session.hasApi() ? ofAll() : ofTelephony();
    }

    /** Without an API application, there is only what Asterisk itself knows. */
    private FreePbxHealth ofTelephony() {
        add(
                Subject.API,
                Light.GREEN,
                unknown(
                        Subject.API,
                        "this client has no API application; give it credentials(...)"));
        look(Subject.TRUNKS, Light.RED, this::trunks);
        look(Subject.TELEPHONES, Light.RED, this::telephones);
        return FreePbxHealth.of(Duration.ZERO, findings);
    }

    private FreePbxHealth ofAll() {
        long started = session.time().nanos();
        SystemStatus status;
        try {
            status = PbxSystem.status(session);
        } catch (PbxException e) {
            findings.add(new Finding(Subject.API, Light.RED, FreePbxDoctor.words(e)));
            return FreePbxHealth.of(Duration.ZERO, findings);
        }
        Duration latency = Duration.ofNanos(session.time().nanos() - started);
        add(Subject.API, Light.GREEN, "the API answers in " + latency.toMillis() + " ms");
        asterisk(status);
        look(Subject.TRUNKS, Light.YELLOW, this::trunks);
        look(Subject.TELEPHONES, Light.YELLOW, this::telephones);
        look(Subject.APPLY, Light.GREEN, this::apply);
        look(Subject.DISK, Light.GREEN, this::disk);
        look(Subject.CALL_RECORDS, Light.GREEN, this::callRecords);
        return FreePbxHealth.of(latency, findings);
    }

    private void add(Subject subject, Light light, String words) {
        findings.add(new Finding(subject, light, words));
    }

    /**
     * Adds what a look finds.
     *
     * @param unseen how it is when nobody could look
     */
    private void look(Subject subject, Light unseen, Supplier<Finding> look) {
        try {
            findings.add(look.get());
        } catch (RuntimeException e) {
            add(subject, unseen, unknown(subject, String.valueOf(e.getMessage())));
        }
    }

    private static String unknown(Subject subject, String why) {
        return subject + " unknown: " + why;
    }

    private void asterisk(SystemStatus status) {
        String versions =
                "FreePBX " + status.version() + " with Asterisk " + status.asteriskVersion();
        if (status.isAsteriskUp()) {
            add(Subject.ASTERISK, Light.GREEN, versions + ", running");
        } else {
            add(
                    Subject.ASTERISK,
                    Light.RED,
                    versions
                            + (": Asterisk is " + status.asterisk().text("asteriskStatus"))
                            + (", its manager " + status.asterisk().text("amiStatus")));
        }
    }

    private Finding trunks() {
        TelephonySource telephony = session.settings().telephony();
        if (telephony == null) {
            return noTelephony(Subject.TRUNKS);
        }
        List<Trunk> trunks = telephony.trunks();
        List<String> down =
                trunks.stream()
                        .filter(trunk -> !trunk.registered() || !trunk.online())
                        .map(Trunk::name)
                        .toList();
        return down.isEmpty()
                ? new Finding(Subject.TRUNKS, Light.GREEN, trunks.size() + " trunks, all up")
                : new Finding(
                        Subject.TRUNKS,
                        down.size() == trunks.size() ? Light.RED : Light.YELLOW,
                        down.size()
                                + " of "
                                + trunks.size()
                                + " trunks are down: "
                                + String.join(", ", down));
    }

    private Finding telephones() {
        TelephonySource telephony = session.settings().telephony();
        if (telephony == null) {
            return noTelephony(Subject.TELEPHONES);
        }
        List<Phone> phones = telephony.phones();
        long online = phones.stream().filter(Phone::online).count();
        return new Finding(
                Subject.TELEPHONES,
                online == 0 && !phones.isEmpty() ? Light.YELLOW : Light.GREEN,
                online + " of " + phones.size() + " telephones are there");
    }

    private static Finding noTelephony(Subject subject) {
        return new Finding(
                subject,
                Light.GREEN,
                unknown(subject, "FreePBX does not tell; " + FreePbxSession.GIVE_TELEPHONY));
    }

    private Finding apply() {
        if (session.changes().areWaiting()) {
            return new Finding(
                    Subject.APPLY, Light.YELLOW, "changes of this client wait for applyConfig()");
        }
        Optional<Boolean> marked = PbxSystem.isMarked(session);
        if (marked.isEmpty()) {
            return new Finding(
                    Subject.APPLY,
                    Light.GREEN,
                    unknown(Subject.APPLY, "this API application may not ask"));
        }
        return marked.get()
                ? new Finding(
                        Subject.APPLY, Light.YELLOW, "FreePBX has changes that are not applied")
                : new Finding(Subject.APPLY, Light.GREEN, "nothing waits to be applied");
    }

    private Finding disk() {
        List<FreePbxObject> disks =
                session.graphQl(
                                GraphQlRequest.query("checkdiskspace")
                                        .select("diskspace{storage_path used_percentage}"))
                        .objects("diskspace");
        int fullest = 0;
        String path = "";
        for (FreePbxObject disk : disks) {
            int used = percent(disk.text("used_percentage"));
            if (used >= fullest) {
                fullest = used;
                path = disk.text("storage_path");
            }
        }
        Light light =
                fullest >= FULL_PERCENT
                        ? Light.RED
                        : fullest >= FILLING_PERCENT ? Light.YELLOW : Light.GREEN;
        return new Finding(
                Subject.DISK, light, "the fullest disk is at " + fullest + " %: " + path);
    }

    private static int percent(String text) {
        String digits = text.replaceAll("[^0-9.].*", "").replaceFirst("\\..*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private Finding callRecords() {
        Instant now = session.time().now();
        Optional<Instant> newest = GraphQlCallRecords.newest(session, now);
        if (newest.isEmpty()) {
            return new Finding(
                    Subject.CALL_RECORDS, Light.GREEN, "no call record of today or yesterday");
        }
        Duration age = Duration.between(newest.get(), now);
        return new Finding(
                Subject.CALL_RECORDS,
                Light.GREEN,
                "the newest call record is " + age.toMinutes() + " minutes old");
    }
}
