package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.core.call.CallRecordSource;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.core.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at each road a little, and puts what it sees into words. */
final class Checkup {

    private static final int NAMES = 200;
    private static final Duration DAYS = Duration.ofDays(2);

    private final SyncSettings settings;
    private final Time time;
    private final Candidates candidates;
    private final List<String> findings = new ArrayList<>();
    private boolean hasOpened;
    private boolean isInTheWay;

    Checkup(SyncSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
        this.candidates = new Candidates(settings.pbx(), settings.zone(), settings.directory());
    }

    RecordingsCheck run() {
        List<RecordingEntry> named = settings.callRecords().map(this::records).orElse(List.of());
        settings.sources().forEach(source -> look(source, named));
        findings.add(
                settings.signals().isEmpty()
                        ? "nothing tells when a recording ends: they arrive with the next regular"
                                + " run"
                        : settings.signals().size() + " signals tell when a recording ends");
        return new RecordingsCheck(hasOpened && !isInTheWay, findings);
    }

    private List<RecordingEntry> records(CallRecordSource source) {
        Instant now = time.now();
        try (Stream<CallRecord> records =
                source.stream(
                        CallRecordQuery.between(now.minus(DAYS), now.plus(Duration.ofDays(1)))
                                .build())) {
            List<RecordingEntry> named =
                    records.flatMap(record -> candidates.of(record).stream())
                            .map(Candidate::entry)
                            .limit(NAMES)
                            .toList();
            findings.add(
                    source.name()
                            + (named.isEmpty()
                                    ? ": no record of the last two days names a recording"
                                    : ": records of the last two days name recordings"));
            return named;
        } catch (PbxException e) {
            isInTheWay = true;
            findings.add(source.name() + ": " + e.getMessage());
            return List.of();
        }
    }

    private void look(RecordingSource source, List<RecordingEntry> named) {
        try {
            List<RecordingEntry> entries = new ArrayList<>(named);
            if (source.capabilities().contains(SourceCapability.LIST)) {
                List<RecordingEntry> listed = list(source);
                entries.addAll(listed);
                findings.add(source.name() + " " + layout(listed));
            } else {
                findings.add(source.name() + " can't list: call records name what it has");
            }
            open(source, entries);
        } catch (PbxException | UncheckedIOException e) {
            isInTheWay = true;
            findings.add(source.name() + ": " + e.getMessage());
        }
    }

    private static List<RecordingEntry> list(RecordingSource source) {
        try (Stream<RecordingEntry> entries = source.stream()) {
            return entries.limit(NAMES).toList();
        }
    }

    private String layout(List<RecordingEntry> listed) {
        if (listed.isEmpty()) {
            return "lists nothing: is it the directory that the PBX records into?";
        }
        List<FreePbxRecordingName> names =
                listed.stream()
                        .flatMap(one -> FreePbxRecordingName.find(one.name()).stream())
                        .toList();
        if (names.isEmpty()) {
            return "lists recordings that are named by hand or by ARI, not by FreePBX";
        }
        return "lists recordings named by FreePBX" + zone(names);
    }

    private String zone(List<FreePbxRecordingName> names) {
        Optional<FreePbxRecordingName> other =
                names.stream()
                        .filter(name -> name.offset().isPresent())
                        .filter(name -> !name.offset().get().equals(expected(name)))
                        .findFirst();
        return other.map(
                        name ->
                                "; their stamps are in "
                                        + ZoneId.ofOffset("UTC", name.offset().orElseThrow())
                                        + ", which is not "
                                        + settings.zone()
                                        + ": set zone(...)")
                .orElse("");
    }

    private ZoneOffset expected(FreePbxRecordingName name) {
        return settings.zone().getRules().getOffset(name.channelStart());
    }

    private void open(RecordingSource source, List<RecordingEntry> entries) {
        int refused = 0;
        for (RecordingEntry entry : entries.stream().limit(10).toList()) {
            try (RecordingContent content = source.open(entry, 0).orElse(null)) {
                if (content != null) {
                    hasOpened = true;
                    findings.add(source.name() + " hands them out");
                    return;
                }
                refused++;
            } catch (IOException e) {
                findings.add(source.name() + ": " + e.getMessage());
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        if (refused > 0) {
            findings.add(
                    source.name()
                            + " names recordings and hands none out: planned only, or listed but"
                            + " outside the recording directory, as behind a symbolic link in it");
        }
    }
}
