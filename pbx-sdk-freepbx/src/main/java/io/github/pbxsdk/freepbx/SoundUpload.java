package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sound on its way to the PBX by the forms of the web interface: uploaded, and then converted
 * into the folder of one's own sounds.
 */
final class SoundUpload {

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String file;
    private final byte[] wav;

    /** Checks the name, which must not leave its folder. */
    SoundUpload(String file, byte[] wav) {
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException(
                    "a sound file is called by letters, digits, _ and -, not \"" + file + "\"");
        }
        this.file = file;
        this.wav = wav.clone();
    }

    /** Returns what prompts call the file. */
    String sound() {
        return "custom/" + file;
    }

    void bring(FreePbxSession session) {
        GuiSession gui = session.gui("recordings upload");
        FreePbxObject uploaded =
                confirmed(
                        session,
                        gui.ajax(
                                session, "ajax.php?module=recordings&command=upload", multipart()));
        String form =
                ("file=" + FreePbxLogin.encoded(uploaded.text("localfilename")))
                        + ("&name=" + FreePbxLogin.encoded(sound()))
                        + "&codec=wav&lang=en&temporary=1";
        confirmed(
                session,
                gui.ajax(
                        session,
                        "ajax.php?module=recordings&command=convert",
                        HttpBody.text(form, FORM)));
    }

    private static FreePbxObject confirmed(FreePbxSession session, @Nullable Object answer) {
        if (answer instanceof FreePbxObject object && object.flag("status").orElse(false)) {
            return object;
        }
        throw FreePbxRejectedException.of(
                session.tried("recordings upload"),
                Kind.OTHER,
                200,
                "the PBX does not take the sound; is it a WAV file?",
                true);
    }

    private HttpBody multipart() {
        String boundary = "pbx-sdk-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\"files[]\"; filename=\""
                                + (file + ".wav\"\r\nContent-Type: audio/wav\r\n\r\n"))
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(wav);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return HttpBody.bytes(body.toByteArray(), "multipart/form-data; boundary=" + boundary);
    }
}
