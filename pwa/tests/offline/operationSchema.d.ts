export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * CheckInBody
         * @description An arrival on site; without a position it says why there is none.
         */
        CheckInBody: {
            distance_note: string | null;
            /** Format: date-time */
            entered_at: string;
            no_position_because: ("denied" | "timeout" | "unavailable") | null;
            /** Format: uuid */
            part_id: string;
            position: components["schemas"]["MeasuredPosition"] | null;
        };
        /**
         * CheckInOperation
         * @description An officer arrives on site.
         */
        CheckInOperation: {
            /** Format: uuid */
            account_id: string;
            /** @enum {unknown} */
            alg: "ES256";
            body: components["schemas"]["CheckInBody"];
            /** Format: date-time */
            captured_at: string;
            clock_offset_ms: number;
            depends_on: string[];
            /** Format: uuid */
            device_id: string;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            kind: "part.check_in";
            nonce: string;
            previous_sha256: string;
            /** @enum {unknown} */
            schema: "palmcheck/operation/v1";
            sequence: number;
            supersedes: string | null;
        };
        /**
         * MeasuredPosition
         * @description A measured WGS-84 position in degrees, its accuracy in metres.
         */
        MeasuredPosition: {
            accuracy_m: number;
            latitude: number;
            longitude: number;
        };
        /**
         * OfficerSignature
         * @description An officer's signature on the screen.
         */
        OfficerSignature: {
            /** Format: uuid */
            inspector_id: string;
            /** Format: date-time */
            signed_at: string;
            strokes: number[][];
        };
        /**
         * PartyRefused
         * @description The inspected party refuses to sign; the reason is noted (R29).
         */
        PartyRefused: {
            /** @enum {unknown} */
            kind: "refused";
            reason: string;
            /** Format: date-time */
            refused_at: string;
        };
        /**
         * PartySigned
         * @description The inspected party signs the record (R29).
         */
        PartySigned: {
            /** @enum {unknown} */
            kind: "signed";
            name: string;
            /** Format: date-time */
            signed_at: string;
            strokes: number[][];
        };
        /**
         * PhotoRef
         * @description A photo that comes by upload: SHA-256 of the bytes uploaded and of the original before shrinking.
         */
        PhotoRef: {
            bytes: number;
            /** Format: date-time */
            captured_at: string;
            height: number;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            media_type: "image/jpeg" | "image/png" | "image/webp";
            original_sha256: string;
            question_key: string | null;
            sha256: string;
            width: number;
        };
        /**
         * SignedOperation
         * @description An operation with the device's signature (ES256: raw r||s, unpadded base64url).
         */
        SignedOperation: {
            operation: components["schemas"]["CheckInOperation"] | components["schemas"]["SubmitOperation"];
            signature: string;
        };
        /**
         * SubmitBody
         * @description The result of one part as entered on the phone, on site.
         */
        SubmitBody: {
            answers: Record<string, never>;
            /** Format: uuid */
            checklist_id: string;
            /** Format: date-time */
            entered_at: string;
            /** Format: date-time */
            left_at: string;
            officer_signatures: components["schemas"]["OfficerSignature"][];
            /** Format: uuid */
            part_id: string;
            party: components["schemas"]["PartySigned"] | components["schemas"]["PartyRefused"];
            photos: components["schemas"]["PhotoRef"][];
            result_code: string;
            /** Format: date-time */
            rights_read_at: string;
            statement: string | null;
        };
        /**
         * SubmitOperation
         * @description An officer submits the result of a part.
         */
        SubmitOperation: {
            /** Format: uuid */
            account_id: string;
            /** @enum {unknown} */
            alg: "ES256";
            body: components["schemas"]["SubmitBody"];
            /** Format: date-time */
            captured_at: string;
            clock_offset_ms: number;
            depends_on: string[];
            /** Format: uuid */
            device_id: string;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            kind: "part.submit";
            nonce: string;
            previous_sha256: string;
            /** @enum {unknown} */
            schema: "palmcheck/operation/v1";
            sequence: number;
            supersedes: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
