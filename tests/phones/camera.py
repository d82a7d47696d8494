"""What a phone's camera reads in a picture."""

import cv2
import numpy as np


def read_code(picture: bytes) -> str:
    """The text of the drawn code in a PNG, held near and far as a hand does; '' when there is none."""
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    for scale in (1, 2, 0.75, 1.5, 3):
        held = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if read := cv2.QRCodeDetector().detectAndDecode(held)[0]:
            return read
    return ""
