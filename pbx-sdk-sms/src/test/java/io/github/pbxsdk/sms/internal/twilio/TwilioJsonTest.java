package io.github.pbxsdk.sms.internal.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwilioJsonTest {

    private static final String URL = "https://api.twilio.com/Media";
    private static final JsonObject FILE =
            JsonObject.parse("{\"sid\":\"ME1\",\"content_type\":\"image/png\"}");

    private static MessageReceivedEvent listed(String status, int files) {
        String json = "{\"sid\":\"MM1\",\"status\":\"%s\",\"num_media\":\"%d\"}";
        return (MessageReceivedEvent)
                TwilioJson.received(
                        new SmsOrigin("twilio", "AC1"),
                        JsonObject.parse(json.formatted(status, files)));
    }

    @Test
    void aMessageThatIsStillComingInMayGetFiles() {
        MessageReceivedEvent coming = listed("receiving", 0);

        assertThat(TwilioJson.mayLackFiles(coming)).isTrue();
        assertThatThrownBy(() -> TwilioJson.withFiles(coming, URL, List.of()))
                .isInstanceOf(PbxException.class);
    }

    @Test
    void aMessageThatCameIsWhatTheListSays() {
        assertThat(TwilioJson.mayLackFiles(listed("received", 0))).isFalse();
        assertThat(TwilioJson.mayLackFiles(listed("received", 1))).isTrue();
        assertThatThrownBy(() -> TwilioJson.withFiles(listed("receiving", 1), URL, List.of(FILE)))
                .isInstanceOf(PbxException.class);
        assertThat(TwilioJson.withFiles(listed("received", 1), URL, List.of(FILE)))
                .isInstanceOfSatisfying(
                        MessageReceivedEvent.class,
                        text -> assertThat(text.message().media()).hasSize(1));
    }
}
