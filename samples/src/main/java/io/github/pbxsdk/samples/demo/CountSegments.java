package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.sms.SmsSegments;

/** One emoji makes a text twice as dear. */
final class CountSegments implements Scene {

    private static final String PLAIN =
            "Your appointment is on Monday at 9:30. Reply YES to confirm or NO to cancel.";

    @Override
    public String title() {
        return "What a text costs before it is sent";
    }

    @Override
    public void play(Stage stage) {
        // shown:
        SmsSegments plain = SmsSegments.of(PLAIN);
        SmsSegments smiling = SmsSegments.of(PLAIN + " 😀");
        // until here
        stage.say(words(plain));
        stage.say(words(smiling) + ", because of " + smiling.offenders().get(0).character());
    }

    private static String words(SmsSegments counted) {
        String segments = counted.count() == 1 ? " segment" : " segments";
        return counted.encoding()
                + ", "
                + counted.units()
                + " units, "
                + counted.count()
                + segments;
    }
}
