package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.sms.SendOutcome;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsRejectedException;
import io.github.pbxsdk.sms.SmsSegments;
import org.jspecify.annotations.Nullable;

/**
 * What became of one text.
 *
 * @param status how far it has come, or why it has not
 * @param error a sentence, or null if it was sent
 */
record ResultLine(
        Address to,
        String status,
        @Nullable String messageId,
        int segments,
        boolean mayHaveBeenSent,
        @Nullable String error) {

    static ResultLine of(TextMessage message, SendResult sent) {
        return new ResultLine(
                message.to().get(0),
                sent.status().state().name(),
                sent.id().map(MessageId::value).orElse(null),
                sent.segments(),
                true,
                null);
    }

    static ResultLine of(TextMessage message, RuntimeException failure) {
        boolean unknown = failure instanceof PbxException known && known.mayHaveBeenSent();
        boolean refused =
                failure instanceof SmsRejectedException
                        || failure instanceof IllegalArgumentException;
        String status = unknown ? "UNKNOWN" : refused ? "REJECTED" : "SKIPPED";
        return failed(message, status, unknown, String.valueOf(failure.getMessage()));
    }

    static ResultLine of(SendOutcome outcome) {
        return outcome.result()
                .map(sent -> of(outcome.message(), sent))
                .orElseGet(
                        () ->
                                failed(
                                        outcome.message(),
                                        outcome.state().name(),
                                        outcome.mayHaveBeenSent(),
                                        outcome.reason()));
    }

    private static ResultLine failed(
            TextMessage message, String status, boolean mayHaveBeenSent, String error) {
        int segments = SmsSegments.of(message.text()).count();
        return new ResultLine(
                message.to().get(0), status, null, segments, mayHaveBeenSent, error);
    }

    JsonLine json() {
        return JsonLine.of("to", to.text())
                .and("status", status)
                .and("messageId", messageId)
                .and("segments", segments)
                .and("mayHaveBeenSent", mayHaveBeenSent)
                .and("error", error);
    }

    String words() {
        return to
                + (": " + status)
                + (messageId == null ? "" : ", id " + messageId)
                + (", " + segments + " message(s)")
                + (error == null ? "" : ", " + error);
    }

    static String csvHeader() {
        return "to,status,messageId,segments,mayHaveBeenSent,error";
    }

    String csv() {
        return String.join(
                ",",
                quoted(to.text()),
                status,
                quoted(messageId),
                String.valueOf(segments),
                String.valueOf(mayHaveBeenSent),
                quoted(error));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "" : '"' + text.replace("\"", "\"\"") + '"';
    }
}
