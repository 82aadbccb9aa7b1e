package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.call.CallDisposition;
import io.github.pbxsdk.core.call.CallRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes call records of rows of {@code cdr}, wherever they come from. */
final class CallRows {

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** Longer numbers are not extensions, on any PBX that we have seen. */
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,6}");

    private CallRows() {}

    /** Returns the record of a row; without a uniqueid the row says nothing. */
    static Optional<CallRecord> record(RawFields row, PbxClock clock) {
        String uniqueid = text(row, "uniqueid");
        if (uniqueid.isEmpty()) {
            return Optional.empty();
        }
        CallRecord.Builder record =
                CallRecord.builder(uniqueid)
                        .linkedid(text(row, "linkedid"))
                        .direction(direction(row))
                        .disposition(text(row, "disposition"))
                        .source(text(row, "src"))
                        .destination(text(row, "dst"))
                        .destinationContext(text(row, "dcontext"))
                        .did(text(row, "did"))
                        .callerId(text(row, "clid"))
                        .channel(text(row, "channel"))
                        .destinationChannel(text(row, "dstchannel"))
                        .lastApplication(text(row, "lastapp"))
                        .lastData(text(row, "lastdata"))
                        .accountCode(text(row, "accountcode"))
                        .recordingFile(text(row, "recordingfile"))
                        .duration(seconds(row, "duration"))
                        .billableDuration(seconds(row, "billsec"))
                        .raw(row);
        number(text(row, "sequence")).ifPresent(record::sequence);
        start(row, clock, uniqueid).ifPresent(start -> times(record, row, start));
        return Optional.of(record.build());
    }

    private static void times(CallRecord.Builder record, RawFields row, Instant start) {
        Duration whole = seconds(row, "duration");
        record.start(start).end(start.plus(whole));
        boolean answered = CallDisposition.of(text(row, "disposition")) == CallDisposition.ANSWERED;
        if (answered) {
            record.answer(start.plus(whole).minus(seconds(row, "billsec")));
        }
    }

    private static Optional<Instant> start(RawFields row, PbxClock clock, String uniqueid) {
        return written(text(row, "calldate")).map(local -> clock.instant(local, uniqueid));
    }

    static Optional<LocalDateTime> written(String text) {
        try {
            String seconds = text.length() > 19 ? text.substring(0, 19) : text;
            return Optional.of(LocalDateTime.parse(seconds.replace('T', ' '), WRITTEN));
        } catch (DateTimeException e) {
            // A record without a readable start is better than none.
            return Optional.empty();
        }
    }

    static String write(LocalDateTime time) {
        return WRITTEN.format(time);
    }

    private static String text(RawFields row, String column) {
        return row.find(column).orElse("");
    }

    private static Duration seconds(RawFields row, String column) {
        return Duration.ofSeconds(number(text(row, column)).orElse(0L));
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** No column tells; so by where the call came in, went out, and who had part in it. */
    static CallDirection direction(RawFields row) {
        String context = text(row, "dcontext");
        String file = text(row, "recordingfile");
        if (!text(row, "did").isEmpty()
                || context.startsWith("from-trunk")
                || context.startsWith("from-pstn")
                || context.startsWith("from-did")
                || file.startsWith("in-")) {
            return CallDirection.INBOUND;
        }
        if (!text(row, "outbound_cnum").isEmpty() || file.startsWith("out-")) {
            return CallDirection.OUTBOUND;
        }
        boolean between =
                EXTENSION.matcher(text(row, "src")).matches()
                        && EXTENSION.matcher(text(row, "dst")).matches();
        return between || file.startsWith("internal-")
                ? CallDirection.INTERNAL
                : CallDirection.UNKNOWN;
    }
}
