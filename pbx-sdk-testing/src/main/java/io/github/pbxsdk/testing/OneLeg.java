package io.github.pbxsdk.testing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A recorded call of a first telephone with a second one, told as if there had been no second one:
 * the first hears an application, called {@code APPLICATION} with {@code APPDATA}.
 */
final class OneLeg {

    private static final Pattern LEFT_OUT =
            Pattern.compile(
                    "^Event: (?:Bridge|HangupRequest|SoftHangupRequest|RTCPSent)"
                            + "|\"type\":\"(?:Bridge|ChannelEntered|ChannelLeft|ChannelHangupReq)"
                            + "|\nEventName: BRIDGE_"
                            + "|\n(?:Channel|DestChannel|Device|Hint|Interface): PJSIP/103"
                            + "|\"name\":\"PJSIP/103|Queue:500_avail"
                            + "|\nExtension: h|\"ChannelDialplan\".*\"exten\":\"h\""
                            + "|\nApplication: (?:Set|Dial)\nAppData|\"dialplan_app\":\"(?:Set|Dial)"
                            + "|\nVariable: (?!RTPAUDIOQOS)|\"variable\":\"(?!RTPAUDIOQOS)|BRIDGED"
                            + "|^Event: NewConnectedLine(?s:.*)LineName: Carol"
                            + "|\"ChannelConnectedLine\".*\"Carol\"");

    private static final Map<Pattern, String> PUT_IN = new LinkedHashMap<>();

    static {
        putIn("^Priority: \\d$", "Priority: 1");
        putIn("^(Exten|Extension|Destination): (?:h|103)$", "$1: s");
        putIn("^Application: NoOp\nAppData: .*$", "Application: APPLICATION\nAppData: APPDATA");
        putIn("^DestinationChannel: .*$", "DestinationChannel: ");
        putIn("^LastApp.*\nLastData: .*$", "LastApplication: APPLICATION\nLastData: APPDATA");
        putIn(
                "\"hangupsource\":\"[^\"]*\",\"dialstatus\":\"[^\"]*\"",
                "\"hangupsource\":\"\",\"dialstatus\":\"\"");
        putIn("\"exten\":\"(?:h|103)\",\"priority\":\\d", "\"exten\":\"s\",\"priority\":1");
        putIn(
                "(app|app_name)\":\"NoOp\",\"(dialplan_app|app)_data\":\"[^\"]*",
                "$1\":\"APPLICATION\",\"$2_data\":\"APPDATA");
    }

    private OneLeg() {}

    private static void putIn(String expression, String replacement) {
        PUT_IN.put(Pattern.compile(expression, Pattern.MULTILINE), replacement);
    }

    static RecordedCall of(RecordedCall call) {
        return call.told(OneLeg::moment, OneLeg::row);
    }

    private static Stream<RecordedCall.Moment> moment(RecordedCall.Moment moment) {
        String text = moment.text();
        boolean leftOut = !text.startsWith("Event: Cdr") && LEFT_OUT.matcher(text).find();
        return leftOut ? Stream.empty() : Stream.of(moment.with(patched(text)));
    }

    private static String patched(String text) {
        String patched = text;
        for (Map.Entry<Pattern, String> part : PUT_IN.entrySet()) {
            patched = part.getKey().matcher(patched).replaceAll(part.getValue());
        }
        return patched;
    }

    private static Map<String, String> row(Map<String, String> row) {
        Map<String, String> patched = new HashMap<>(row);
        patched.put("dst", "s");
        patched.put("dstchannel", "");
        patched.put("lastapp", "APPLICATION");
        patched.put("lastdata", "APPDATA");
        return patched;
    }
}
