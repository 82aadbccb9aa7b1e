package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.recordings.Candidate.Origin;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes candidates of what lists, call records and signals tell, with all that can be read in them.
 */
final class Candidates {

    private static final Pattern DAY = Pattern.compile("(?:.*/)?(\\d{4})/(\\d{2})/(\\d{2})/[^/]*");
    private static final Pattern DATED_PATH =
            Pattern.compile("(?:.*/)?(\\d{4}/\\d{2}/\\d{2}/[^/]+)");
    private static final Pattern EXTENSION = Pattern.compile("(.+)\\.([A-Za-z][A-Za-z0-9]{1,5})");

    private final String pbx;
    private final ZoneId zone;
    private final String directory;

    /**
     * Creates it.
     *
     * @param directory the directory of recordings on the PBX, as it stands before their paths
     */
    Candidates(String pbx, ZoneId zone, String directory) {
        this.pbx = pbx;
        this.zone = zone;
        this.directory = directory.endsWith("/") ? directory : directory + "/";
    }

    Candidate of(RecordingEntry entry) {
        return new Candidate(entry, recording(entry).build(), Origin.FOUND);
    }

    /** Returns the recording that a record names, if it names one. */
    Optional<Candidate> of(CallRecord record) {
        return record.recordingFile().flatMap(file -> of(record, file));
    }

    private Optional<Candidate> of(CallRecord record, String file) {
        return entry(file, Optional.of(record.uniqueid()))
                .map(
                        entry -> {
                            CallRecording.Builder recording = recording(entry).raw(record.raw());
                            record.start()
                                    .ifPresent(at -> recording.start(at, StartOrigin.CALL_RECORD));
                            record.linkedid().ifPresent(recording::linkedid);
                            if (record.direction() != CallDirection.UNKNOWN) {
                                recording.direction(record.direction());
                            }
                            return new Candidate(entry, named(recording, record), Origin.FOUND);
                        });
    }

    /**
     * A name tells the parties better than a record of a later leg; a record is better than none.
     */
    private static CallRecording named(CallRecording.Builder recording, CallRecord record) {
        CallRecording known = recording.build();
        if (known.from().isEmpty()) {
            record.source().map(Address::parse).ifPresent(recording::from);
        }
        if (known.to().isEmpty()) {
            record.destination().map(Address::parse).ifPresent(recording::to);
        }
        return recording.build();
    }

    /** Returns the recording that a signal tells of, if it says which file. */
    Optional<Candidate> of(RecordingEnded ended) {
        return ended.file()
                .flatMap(file -> entry(file, ended.uniqueid()))
                .map(entry -> new Candidate(entry, recording(entry, ended), Origin.TOLD));
    }

    private CallRecording recording(RecordingEntry entry, RecordingEnded ended) {
        CallRecording.Builder recording = recording(entry).raw(ended.raw());
        ended.uniqueid().ifPresent(recording::uniqueid);
        ended.linkedid().ifPresent(recording::linkedid);
        ended.duration().ifPresent(recording::duration);
        if (ended.endedAt().isPresent() && ended.duration().isPresent()) {
            recording.start(
                    ended.endedAt().get().minus(ended.duration().get()), StartOrigin.FINISH_EVENT);
        }
        return recording.build();
    }

    /**
     * Returns the entry of a file that somebody named by a path or its last part. FreePBX puts it
     * into a folder of the day that stands in its name.
     */
    private Optional<RecordingEntry> entry(String file, Optional<String> uniqueid) {
        Matcher extension = EXTENSION.matcher(file);
        boolean hasExtension = extension.matches();
        String path = hasExtension ? extension.group(1) : file;
        if (path.isEmpty() || path.endsWith("/")) {
            return Optional.empty();
        }
        RecordingEntry.Builder entry = RecordingEntry.builder(name(path));
        if (hasExtension) {
            entry.format(extension.group(2));
        }
        FreePbxRecordingName.find(path)
                .map(FreePbxRecordingName::uniqueid)
                .or(() -> uniqueid)
                .ifPresent(entry::uniqueid);
        return Optional.of(entry.build());
    }

    private String name(String path) {
        if (path.startsWith(directory)) {
            return path.substring(directory.length());
        }
        Matcher dated = DATED_PATH.matcher(path);
        if (dated.matches()) {
            return dated.group(1);
        }
        boolean isBare = path.indexOf('/') < 0;
        return isBare
                ? FreePbxRecordingName.find(path)
                        .map(FreePbxRecordingName::recordingName)
                        .orElse(path)
                : path.replaceFirst("^/+", "");
    }

    private CallRecording.Builder recording(RecordingEntry entry) {
        CallRecording.Builder recording = CallRecording.builder(pbx, entry.name());
        entry.format().ifPresent(recording::format);
        entry.uniqueid().ifPresent(recording::uniqueid);
        entry.modifiedAt().ifPresent(at -> recording.start(at, StartOrigin.LAST_MODIFIED));
        day(entry.name())
                .ifPresent(
                        day ->
                                recording.start(
                                        day.atStartOfDay(zone).toInstant(), StartOrigin.DIRECTORY));
        FreePbxRecordingName.find(entry.name()).ifPresent(name -> add(recording, name));
        return recording.raw(RawFields.empty());
    }

    private void add(CallRecording.Builder recording, FreePbxRecordingName name) {
        recording.uniqueid(name.uniqueid());
        recording.direction(name.direction());
        name.from().ifPresent(recording::from);
        name.to().ifPresent(recording::to);
        recording.start(name.start(zone), StartOrigin.NAME_STAMP);
        recording.start(name.channelStart(), StartOrigin.UNIQUEID);
    }

    private static Optional<LocalDate> day(String name) {
        Matcher day = DAY.matcher(name);
        if (!day.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDate.of(
                            Integer.parseInt(day.group(1)),
                            Integer.parseInt(day.group(2)),
                            Integer.parseInt(day.group(3))));
        } catch (DateTimeException e) {
            // Folders of digits that are no date.
            return Optional.empty();
        }
    }
}
