//! Pictures from outside, made safe to keep and to show: known by their content, bounded before they are decoded, turned
//! the right way up and written anew, so that nothing but the pixels is left of the file.
//!
//! How large a file may be is the caller's to say; where the picture is kept, too. Decoding takes a processor for up to
//! seconds: call it where blocking is allowed.

use std::fmt;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

/// Pixels of the largest picture that is decoded: what telephones take at their finest.
pub const MOST_PIXELS: u64 = 51_000_000;

/// Bytes that decoding may take.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

const QUALITY: u8 = 82;

/// A JPEG file without metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub width: u32,
    pub height: u32,
}

/// What is in a picture is nobody's business in a log.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} × {}, {} bytes)", self.width, self.height, self.jpeg.len())
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Its content is no JPEG, PNG, WebP or GIF, whatever its name says.
    NotAPicture,
    /// More than [`MOST_PIXELS`], or more memory than is given to one picture.
    TooLarge,
    /// It begins like a picture and cannot be read to its end.
    Broken,
}

/// Reads a JPEG, PNG, WebP or GIF file (its first frame) and writes it as JPEG, upright, on white where it was
/// transparent. Its longer side has at most `longest_side` pixels afterwards; a smaller picture keeps its size.
pub fn reencode(bytes: &[u8], longest_side: u32) -> Result<Picture, Refused> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => format,
        _ => return Err(Refused::NotAPicture),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(Refused::TooLarge);
    }
    // A picture whose orientation cannot be read is shown as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut decoded = DynamicImage::from_decoder(decoder).map_err(refused)?;
    if width.max(height) > longest_side {
        decoded = decoded.thumbnail(longest_side.max(1), longest_side.max(1));
    }
    decoded.apply_orientation(orientation);
    let pixels = on_white(decoded);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&pixels).map_err(refused)?;
    Ok(Picture { jpeg, width: pixels.width(), height: pixels.height() })
}

fn refused(error: image::ImageError) -> Refused {
    match error {
        image::ImageError::Limits(_) => Refused::TooLarge,
        _ => Refused::Broken,
    }
}

fn on_white(decoded: DynamicImage) -> RgbImage {
    if !decoded.color().has_alpha() {
        return decoded.into_rgb8();
    }
    let transparent = decoded.into_rgba8();
    RgbImage::from_fn(transparent.width(), transparent.height(), |x, y| {
        let [red, green, blue, alpha] = transparent.get_pixel(x, y).0;
        let over = |part: u8| {
            let mixed = u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn half_red(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) }
        }))
    }

    /// A JPEG with an EXIF block: turned by 90°, taken by a camera of a name.
    fn photographed(picture: &DynamicImage) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
        exif.extend_from_slice(b"\x01\x10\0\x02\0\0\0\x0b\0\0\0\x26");
        exif.extend_from_slice(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        exif.extend_from_slice(b"\0\0\0\0SECRETCAM1\0");
        let plain = written(picture, ImageFormat::Jpeg);
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn every_format_comes_out_as_jpeg_within_its_side() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
            let source = match format {
                ImageFormat::Gif => DynamicImage::ImageRgba8(half_red(400, 200).into_rgba8()),
                _ => half_red(400, 200),
            };
            let picture = reencode(&written(&source, format), 100).unwrap();
            assert_eq!((picture.width, picture.height), (100, 50), "{format:?}");
            assert_eq!(image::guess_format(&picture.jpeg).unwrap(), ImageFormat::Jpeg);
        }
        let small = reencode(&written(&half_red(40, 20), ImageFormat::Png), 100).unwrap();
        assert_eq!((small.width, small.height), (40, 20));
    }

    #[test]
    fn metadata_is_gone_and_the_picture_stands_upright() {
        let taken = photographed(&half_red(64, 32));
        assert!(taken.windows(9).any(|part| part == b"SECRETCAM"));
        let picture = reencode(&taken, 1_000).unwrap();
        assert!(!picture.jpeg.windows(9).any(|part| part == b"SECRETCAM"));
        assert!(!picture.jpeg.windows(4).any(|part| part == b"Exif"));
        assert_eq!((picture.width, picture.height), (32, 64));
        let pixels = image::load_from_memory(&picture.jpeg).unwrap().into_rgb8();
        let (top, bottom) = (pixels.get_pixel(16, 4).0, pixels.get_pixel(16, 60).0);
        assert!(top[0] > 200 && bottom[2] > 200, "{top:?} {bottom:?}");
    }

    #[test]
    fn what_is_transparent_becomes_white() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])));
        let picture = reencode(&written(&clear, ImageFormat::Png), 8).unwrap();
        let pixels = image::load_from_memory(&picture.jpeg).unwrap().into_rgb8();
        assert!(pixels.get_pixel(4, 4).0.iter().all(|part| *part > 250));
    }

    #[test]
    fn what_is_no_picture_is_refused_by_its_content() {
        for bytes in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"MZ", b"BM\0\0\0\0"] {
            assert_eq!(reencode(bytes, 100), Err(Refused::NotAPicture));
        }
        let whole = written(&half_red(64, 64), ImageFormat::Png);
        assert_eq!(reencode(&whole[..whole.len() / 2], 100), Err(Refused::Broken));
    }

    #[test]
    fn a_small_file_that_claims_many_pixels_is_not_decoded() {
        let mut bomb = written(&half_red(8, 8), ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        // The header's checksum has to hold, or the file would be broken before it is large.
        let checksum = crc32(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&checksum);
        assert_eq!(reencode(&bomb, 100), Err(Refused::TooLarge));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (0_u32.wrapping_sub(sum & 1))))
        })
    }
}
