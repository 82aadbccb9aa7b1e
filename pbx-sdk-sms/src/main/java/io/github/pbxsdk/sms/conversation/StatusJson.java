package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import java.time.Instant;

/** A status as it lies in a database. */
final class StatusJson {

    private StatusJson() {}

    static String of(SmsStatus status) {
        return JsonText.of(
                json -> {
                    json.beginObject();
                    json.name("state").value(status.state().name());
                    json.name("words").value(status.words());
                    if (status.code().isPresent()) {
                        json.name("code").value(status.code().get());
                    }
                    if (status.at().isPresent()) {
                        json.name("at").value(status.at().get().toString());
                    }
                    json.endObject();
                });
    }

    static SmsStatus read(String text) {
        return StoredJson.undamaged("a stored report", () -> read(JsonObject.parse(text)));
    }

    private static SmsStatus read(JsonObject json) {
        SmsStatus status =
                SmsStatus.of(
                        SmsState.valueOf(json.find("state").orElseThrow()),
                        json.find("words").orElseThrow());
        SmsStatus coded = json.find("code").map(status::withCode).orElse(status);
        return json.find("at").map(Instant::parse).map(coded::withTime).orElse(coded);
    }
}
